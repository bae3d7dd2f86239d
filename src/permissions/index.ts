export { effectivePermissions } from './effective';
export { isPermission, type Permission, PERMISSIONS } from './permission';
export { isSystemRole, permissionsOfRole, SYSTEM_ROLES, type SystemRole } from './roles';
export { CONNECTION_SCOPES, isNarrowingScope, NARROWING_SCOPES, type NarrowingScope, SUPPORTED_SCOPES } from './scopes';
