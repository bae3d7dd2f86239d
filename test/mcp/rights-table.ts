/**
 * Who may do what, written down once more from the description of roles: nothing here is read from the product. A tool that is
 * not here fails the tests: add a line.
 */

const VIEWER =
  'org.read analytics.read people.read teams.read projects.read contractors.read vacancies.read allocations.read scenarios.read connections.authorize';
const MEMBER = `${VIEWER} scenarios.write people.write teams.write projects.write contractors.write vacancies.write allocations.write ai_agents.write`;
const MANAGER = `${MEMBER} effort.read ai_usage.read budgets.read budgets.write scenarios.submit`;
const FINANCE = `${MANAGER} financials.read compensation.read ai_usage.person.read compensation.write scenarios.read_all scenarios.approve`;
const ADMIN = `${MANAGER} scenarios.read_all scenarios.approve scenarios.merge activity.read settings.read settings.mcp.manage settings.siem.manage members.manage agents.manage tokens.create live.write`;
const OWNER = `${FINANCE} ${ADMIN}`;

const split = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const sets = <Key extends string>(texts: Readonly<Record<Key, string>>): Readonly<Record<Key, ReadonlySet<string>>> => {
  const made = Object.entries<string>(texts).map(([key, text]) => [key, new Set(split(text))] as const);
  return Object.fromEntries(made) as unknown as Record<Key, ReadonlySet<string>>;
};

export const ROLES = sets({ owner: OWNER, admin: ADMIN, finance: FINANCE, manager: MANAGER, member: MEMBER, viewer: VIEWER });
export type Role = keyof typeof ROLES;

interface Needs {
  /** Without all of these a tool refuses. */
  readonly always: readonly string[];
  /** Without all of these it refuses what the tests ask of it. */
  readonly asked: readonly string[];
}

/** What a tool needs, and behind the bar what it needs besides for what `readArguments` and `scenarioArguments` ask. */
export const TOOLS: Readonly<Record<string, Needs>> = Object.fromEntries(
  Object.entries({
    get_organization_context: 'org.read',
    get_my_access: 'org.read',
    get_geographies: 'org.read',
    list_job_roles: 'org.read',
    get_reference_data: 'org.read',
    search: 'org.read',
    fetch: 'org.read | people.read', // of a person
    tenant_settings: 'settings.read',
    get_activity_log: 'activity.read',
    search_employees: 'people.read',
    get_employee_details: 'people.read',
    rank_employees: 'people.read compensation.read',
    search_teams: 'teams.read',
    get_team_details: 'teams.read',
    get_org_tree: 'teams.read',
    search_contractors: 'contractors.read',
    get_contractor_details: 'contractors.read',
    search_vacancies: 'vacancies.read',
    get_vacancy_details: 'vacancies.read',
    search_ai_agents: 'teams.read',
    search_projects: 'projects.read',
    get_project_details: 'projects.read',
    find_projects_with_issues: 'projects.read',
    get_budget_status: 'budgets.read',
    get_project_effort: 'effort.read projects.read people.read contractors.read',
    get_team_effort: 'effort.read teams.read projects.read',
    get_unattributed_effort: 'effort.read people.read contractors.read',
    get_ai_usage_summary: 'ai_usage.read',
    get_ai_spend_by_team: 'ai_usage.read teams.read',
    get_ai_spend_by_person: 'ai_usage.person.read people.read',
    list_metrics: 'analytics.read',
    query_analytics: 'analytics.read | people.read teams.read', // heads by team
    org_summary: 'analytics.read people.read',
    org_unit_metrics: 'analytics.read people.read teams.read',
    list_scenarios: 'scenarios.read',
    get_scenario: 'scenarios.read',
    get_scenario_diff: 'scenarios.read',
    get_scenario_conflicts: 'scenarios.read',
    validate_scenario: 'scenarios.read',
    compare_scenarios: 'scenarios.read analytics.read',
    scenario_history: 'scenarios.read',
    get_scenario_review_link: 'scenarios.read',
    create_scenario: 'scenarios.write',
    update_scenario: 'scenarios.write',
    delete_scenario: 'scenarios.write scenarios.read',
    comment_on_scenario: 'scenarios.write',
    apply_scenario_changes: 'scenarios.write | teams.write', // of a team
    rebase_scenario: 'scenarios.write',
    undo_scenario_change: 'scenarios.write',
    discard_scenario_changes: 'scenarios.write',
    add_employee: 'scenarios.write people.write',
    update_employee: 'scenarios.write people.write',
    move_employee: 'scenarios.write people.write',
    terminate_employees: 'scenarios.write people.write',
    add_team: 'scenarios.write teams.write',
    update_team: 'scenarios.write teams.write',
    delete_team: 'scenarios.write teams.write',
    add_vacancy: 'scenarios.write vacancies.write',
    update_vacancy: 'scenarios.write vacancies.write',
    delete_vacancy: 'scenarios.write vacancies.write',
    fill_vacancy: 'scenarios.write vacancies.write people.write',
    add_contractor: 'scenarios.write contractors.write',
    update_contractor: 'scenarios.write contractors.write',
    delete_contractor: 'scenarios.write contractors.write | financials.read', // the rates go with it
    add_project: 'scenarios.write projects.write',
    update_project: 'scenarios.write projects.write',
    delete_project: 'scenarios.write projects.write',
    allocate_employee_to_project: 'scenarios.write allocations.write',
    allocate_team_to_project: 'scenarios.write allocations.write',
    update_allocation: 'scenarios.write allocations.write',
    update_budget: 'scenarios.write budgets.write',
    add_ai_agent: 'scenarios.write ai_agents.write',
    update_ai_agent: 'scenarios.write ai_agents.write',
    delete_ai_agent: 'scenarios.write ai_agents.write',
  }).map(([tool, rights]) => {
    const [always = '', asked = ''] = rights.split('|');
    return [tool, { always: split(always), asked: split(asked) }];
  }),
);

/** Fields that a tool leaves out, and names in `redacted`, for whom they are not: the tool, where the field is, the right. */
export const FIELDS: readonly (readonly [tool: string, path: string, right: string])[] = [
  ['get_organization_context', 'people', 'people.read'],
  ['get_employee_details', 'salary', 'compensation.read'],
  ['get_employee_details', 'salaryHistory', 'compensation.read'],
  ['get_contractor_details', 'rate', 'financials.read'],
  ['get_contractor_details', 'rateHistory', 'financials.read'],
  ['search_contractors', 'items.rate', 'financials.read'],
  ['get_vacancy_details', 'salary', 'financials.read'],
  ['search_vacancies', 'items.salary', 'financials.read'],
  ['search_ai_agents', 'items.price', 'financials.read'],
  ['get_team_details', 'cost', 'compensation.read'],
  ['get_project_details', 'cost', 'compensation.read'],
  ['get_project_details', 'estimatedCost', 'financials.read'],
];

/** What a connection keeps of its user's rights that asked for a scope; `org.read` stays always. */
const AREAS = sets({
  'people.read': 'people.read contractors.read vacancies.read',
  'org-units.read': 'teams.read',
  'teams.read': 'teams.read',
  'placements.read': 'allocations.read',
  'projects.read': 'projects.read',
  'costs.read': 'financials.read compensation.read budgets.read',
  'org-metrics.read': 'analytics.read',
  'effort.read': 'effort.read',
  'ai-usage.read': 'ai_usage.read ai_usage.person.read',
  'scenarios.read': 'scenarios.read scenarios.read_all',
  'scenarios.write':
    'scenarios.write people.write teams.write projects.write contractors.write vacancies.write allocations.write budgets.write ai_agents.write compensation.write',
});

/** Connections that leave something out, so that each area is in one and not in another. */
export const NARROWED: readonly (readonly (keyof typeof AREAS)[])[] = [
  ['people.read', 'org-units.read', 'effort.read', 'org-metrics.read'],
  ['teams.read', 'costs.read', 'ai-usage.read', 'projects.read', 'placements.read'],
  ['scenarios.read', 'scenarios.write'],
];

export function keptOf(role: Role, scopes: (typeof NARROWED)[number]): ReadonlySet<string> {
  const kept = new Set(['org.read', ...scopes.flatMap((scope) => [...AREAS[scope]])]);
  return new Set([...ROLES[role]].filter((right) => kept.has(right)));
}
