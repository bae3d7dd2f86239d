import type { Marked } from './canaries';

/** What a scenario is at the beginning: a change of it, and the revision of live data. */
export interface Known {
  readonly changeId: string;
  readonly liveRev: number;
}

/** A call of each tool that changes a scenario, by name; all can be made twice, in this order, in one scenario. */
export function scenarioArguments({ ids }: Marked, { changeId, liveRev }: Known): Readonly<Record<string, object>> {
  const day = '2031-01-01';
  return {
    add_employee: {
      firstName: 'New',
      lastName: 'Hire',
      startDate: day,
      jobRoleId: ids.jobRole,
      geographyId: ids.geography,
      teamId: ids.team,
    },
    update_employee: { employeeId: ids.employee, effectiveDate: day, contractedFte: 0.5, dryRun: true },
    move_employee: { employeeId: ids.employee, toTeamId: ids.subteam, effectiveDate: day, dryRun: true },
    terminate_employees: { employeeIds: [ids.employee], endDate: day, dryRun: true },
    add_team: { name: 'New team', parentTeamId: ids.team, dryRun: true },
    update_team: { teamId: ids.team, teamType: 'department', dryRun: true },
    add_vacancy: {
      role: 'Engineer',
      targetStartDate: day,
      teamId: ids.team,
      count: 2,
      salaryMin: '1',
      salaryMax: '2',
      currency: 'EUR',
      dryRun: true,
    },
    update_vacancy: { vacancyId: ids.vacancy, targetStartDate: day, dryRun: true },
    delete_vacancy: { vacancyId: ids.vacancy, dryRun: true },
    add_contractor: {
      name: 'New',
      rateType: 'daily',
      rate: '1',
      currency: 'EUR',
      geographyId: ids.geography,
      startDate: day,
      teamId: ids.team,
      dryRun: true,
    },
    update_contractor: { contractorId: ids.contractor, effectiveDate: day, rate: '7', rateType: 'daily', currency: 'EUR', dryRun: true },
    delete_contractor: { contractorId: ids.idleContractor, dryRun: true },
    add_project: { name: 'New', dryRun: true },
    update_project: { projectId: ids.project, name: 'Other', dryRun: true },
    delete_project: { projectId: ids.idleProject, dryRun: true },
    allocate_employee_to_project: { employeeId: ids.employee, projectId: ids.project, fte: 0.5, startDate: day, dryRun: true },
    allocate_team_to_project: { teamId: ids.subteam, projectId: ids.project, fte: 1, startDate: day, dryRun: true },
    update_allocation: { allocationId: ids.allocation, fte: 0.25, dryRun: true },
    update_budget: { scopeType: 'team', scopeId: ids.team, amount: '1000', currency: 'EUR', effectiveDate: day, dryRun: true },
    add_ai_agent: {
      name: 'New',
      provider: 'X',
      seats: 3,
      monthlyPerSeatPrice: '20',
      currency: 'EUR',
      startDate: day,
      teamId: ids.team,
      dryRun: true,
    },
    update_ai_agent: { aiAgentId: ids.aiAgent, seats: 99, dryRun: true },
    delete_ai_agent: { aiAgentId: ids.aiAgent, dryRun: true },
    delete_team: { teamId: ids.team, cascade: true, dryRun: true },
    rebase_scenario: { expectedLiveRev: liveRev },
    undo_scenario_change: { changeId, dryRun: true },
    fill_vacancy: { vacancyId: ids.vacancy, employeeId: ids.employee, startDate: day, dryRun: true },
    apply_scenario_changes: { changes: [{ tool: 'update_team', arguments: { teamId: ids.team, description: 'Text' } }], dryRun: true },
    update_scenario: { description: 'Text' },
    comment_on_scenario: { body: 'Text' },
    delete_scenario: { dryRun: true },
    discard_scenario_changes: { all: true, dryRun: true },
  };
}
