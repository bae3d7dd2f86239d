export { type Membership, MembershipsService } from './memberships.service';
export { ORGANIZATION_SETTINGS } from './organization-settings';
export { type Organization, OrganizationsService } from './organizations.service';
export { FEATURES, isFeature, isPlan, MCP_IS_OPEN, MCP_PLANS, PLANS } from './plans';
export { RolesService } from './roles.service';
export { TenancyError } from './tenancy-error';
export { TenantsModule } from './tenants.module';
export { type Tenant, TenantsService } from './tenants.service';
