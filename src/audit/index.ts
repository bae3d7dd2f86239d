export type { AuditEvent, AuditKind, Severity } from './audit-event';
export { AuditModule } from './audit.module';
export { AuditService } from './audit.service';
