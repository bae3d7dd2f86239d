/** Every right that exists, grouped as the roles grant them. A right that is not listed here cannot be declared by a tool or given to anybody. */
export const PERMISSIONS = [
  'org.read',
  'analytics.read',
  'people.read',
  'compensation.read',
  'financials.read',
  'teams.read',
  'projects.read',
  'contractors.read',
  'vacancies.read',
  'allocations.read',
  'budgets.read',
  'effort.read',
  'ai_usage.read',
  'ai_usage.person.read',
  'connections.authorize',
  'tokens.create',
  'agents.manage',
  'live.write',
  'scenarios.read',
  'scenarios.read_all',
  'scenarios.write',
  'scenarios.submit',
  'scenarios.approve',
  'scenarios.merge',
  'activity.read',
  'settings.read',
  'settings.mcp.manage',
  'settings.siem.manage',
  'members.manage',
  'people.write',
  'teams.write',
  'projects.write',
  'contractors.write',
  'vacancies.write',
  'allocations.write',
  'budgets.write',
  'ai_agents.write',
  'compensation.write',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

const KNOWN: ReadonlySet<string> = new Set(PERMISSIONS);

export function isPermission(name: string): name is Permission {
  return KNOWN.has(name);
}
