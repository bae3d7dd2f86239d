import type { Marked } from './canaries';

/** What each reading tool is asked that has to be asked something, by name. */
export function readArguments({ ids }: Pick<Marked, 'ids'>): Readonly<Record<string, object>> {
  return {
    fetch: { id: ids.employee },
    search: { query: 'same' },
    get_contractor_details: { contractorId: ids.contractor },
    get_project_details: { projectId: ids.project },
    get_project_effort: { projectId: ids.project },
    get_team_effort: { teamId: ids.team },
    get_employee_details: { employeeId: ids.employee },
    get_reference_data: { kind: 'work_types' },
    get_team_details: { teamId: ids.team, include: ['members', 'subteams', 'vacancies', 'contractors', 'projects', 'ai_agents'] },
    get_vacancy_details: { vacancyId: ids.vacancy },
    org_unit_metrics: { teamId: ids.team },
    rank_employees: { by: 'total' },
    query_analytics: { metrics: ['headcount'], dimensions: ['team', 'period'] },
    create_scenario: { title: 'Checked' },
  };
}

/** What a tool is told about the scenario that it needs. */
export function scenarioIn({ required = [] }: { readonly required?: readonly string[] }, planId: string): object {
  return { ...(required.includes('planId') && { planId }), ...(required.includes('planIds') && { planIds: [planId] }) };
}
