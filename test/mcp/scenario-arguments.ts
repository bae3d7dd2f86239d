import type { Marked } from './canaries';

/** A call of each tool that changes a scenario, by name; all can be made twice, in this order, in one scenario. */
export function scenarioArguments({ ids }: Marked): Readonly<Record<string, object>> {
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
    delete_team: { teamId: ids.team, cascade: true, dryRun: true },
  };
}
