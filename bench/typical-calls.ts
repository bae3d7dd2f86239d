/** What search answers: fetch knows ids only. */
interface Found {
  readonly results: readonly [{ readonly id: string }];
}

/**
 * What a model would typically ask of each tool on the demo organization Acme, with nothing but the required arguments where
 * there are any: the size of a default answer is what counts. Those about one scenario get its planId, and change it in a dry run. Ids of the demo differ from those of other systems only by
 * `ext:`.
 */
export const TYPICAL_CALLS: Readonly<Record<string, object | ((found: Found) => object)>> = {
  apply_scenario_changes: {
    changes: [
      { tool: 'add_team', arguments: { name: 'Labs' } },
      { tool: 'add_vacancy', arguments: { role: 'Engineer', teamId: '$1', targetStartDate: '2031-01-01', count: 5 } },
    ],
  },
  comment_on_scenario: { body: 'Please look at the second team.' },
  create_scenario: { title: 'Growth', dryRun: true },
  delete_scenario: {},
  discard_scenario_changes: { all: true },
  fetch: ({ results: [first] }) => ({ id: first.id }),
  find_projects_with_issues: {},
  get_activity_log: {},
  get_ai_spend_by_person: {},
  get_ai_spend_by_team: {},
  get_ai_usage_summary: {},
  get_budget_status: {},
  get_contractor_details: { contractorId: 'ext:CON-004' },
  get_employee_details: { employeeId: 'ext:HR-0002' },
  get_geographies: {},
  get_my_access: {},
  get_org_tree: {},
  get_organization_context: {},
  get_project_details: { projectId: 'ext:PR-114' },
  get_project_effort: { projectId: 'ext:PR-114' },
  get_reference_data: { kind: 'fx_rates' },
  get_team_details: { teamId: 'ext:engineering' },
  get_team_effort: { teamId: 'ext:engineering' },
  get_unattributed_effort: {},
  get_vacancy_details: { vacancyId: 'ext:REQ-0001' },
  list_job_roles: {},
  list_metrics: {},
  list_scenarios: {},
  org_summary: {},
  org_unit_metrics: { teamId: 'ext:engineering' },
  query_analytics: { metrics: ['headcount', 'fte'], dimensions: ['team'] },
  rank_employees: { by: 'total' },
  search: { query: 'Who leads Engineering?' },
  search_ai_agents: {},
  search_contractors: {},
  search_employees: {},
  search_projects: {},
  search_teams: {},
  search_vacancies: {},
  tenant_settings: {},
  update_scenario: { description: 'For next year.' },
};
