export { installScimAudit } from './audit.hook';
export { type ConnectionSummary, SCIM_TEAMS, ScimConnections } from './connections.service';
export { ScimConnectionsModule, ScimModule } from './scim.module';
export { BASE as SCIM_BASE } from './urns';
