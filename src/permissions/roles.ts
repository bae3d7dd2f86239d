import { isPermission, Permission, PERMISSIONS } from './permission';

const VIEWER: readonly Permission[] = [
  'org.read',
  'analytics.read',
  'people.read',
  'teams.read',
  'projects.read',
  'contractors.read',
  'vacancies.read',
  'allocations.read',
  'scenarios.read',
  'connections.authorize',
];

const MEMBER: readonly Permission[] = [
  ...VIEWER,
  'scenarios.write',
  'people.write',
  'teams.write',
  'projects.write',
  'contractors.write',
  'vacancies.write',
  'allocations.write',
  'ai_agents.write',
];

const MANAGER: readonly Permission[] = [...MEMBER, 'effort.read', 'ai_usage.read', 'budgets.read', 'budgets.write', 'scenarios.submit'];

const FINANCE: readonly Permission[] = [
  ...MANAGER,
  'financials.read',
  'compensation.read',
  'ai_usage.person.read',
  'compensation.write',
  'scenarios.read_all',
  'scenarios.approve',
];

/** Runs the organization but sees neither money nor pay: those belong to finance and the owner. */
const ADMIN: readonly Permission[] = [
  ...MANAGER,
  'scenarios.read_all',
  'scenarios.approve',
  'scenarios.merge',
  'activity.read',
  'settings.read',
  'settings.mcp.manage',
  'settings.siem.manage',
  'members.manage',
  'agents.manage',
  'tokens.create',
  'live.write',
];

/** Roles that every organization has; an organization's own roles are rows of the table `role` and cannot take these names. */
export const SYSTEM_ROLES = ['owner', 'admin', 'finance', 'manager', 'member', 'viewer'] as const;

export type SystemRole = (typeof SYSTEM_ROLES)[number];

const RIGHTS: Readonly<Record<SystemRole, readonly Permission[]>> = {
  owner: PERMISSIONS,
  admin: ADMIN,
  finance: FINANCE,
  manager: MANAGER,
  member: MEMBER,
  viewer: VIEWER,
};

export function isSystemRole(name: string): name is SystemRole {
  return (SYSTEM_ROLES as readonly string[]).includes(name);
}

/**
 * What a role grants. A system role is what this file says, whatever a row of the same name may hold;
 * any other role grants its stored list, less what is no longer a permission.
 */
export function permissionsOfRole(role: string, customPermissions?: readonly string[] | null): readonly Permission[] {
  if (isSystemRole(role)) return RIGHTS[role];
  return (customPermissions ?? []).filter(isPermission);
}
