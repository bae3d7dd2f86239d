import { ToolError } from '../../access';

interface DatabaseFault {
  readonly code?: string;
  readonly constraint?: string;
  readonly driverError?: DatabaseFault;
}

/** Rules of single rows (the checks of the live tables), in words; any other is told as values that do not fit. */
const CHECKS: Readonly<Record<string, string>> = {
  employee_check: 'endDate must not be before startDate.',
  contractor_check: 'endDate must not be before startDate.',
  project_check: 'endDate must not be before startDate.',
  project_check1: 'estimatedCost needs a currency.',
  allocation_check: 'endDate must not be before startDate.',
  ai_agent_check: 'endDate must not be before startDate.',
  allocation_fte_check: 'fte must be above 0 and at most 2, for a team at most 10000.',
  vacancy_check: 'salaryMax must not be below salaryMin.',
  vacancy_check1: 'salaryMin, salaryMax and currency are given together.',
  employment_terms_check1: 'Nobody is their own manager.',
  employment_terms_contracted_fte_check: 'contractedFte must be above 0 and at most 2.',
  team_check: 'A team is not below itself.',
};

/** What the database refused, as an error that a model can act on. Its own words never leave. */
export function planError(error: unknown): unknown {
  const fault = (error as DatabaseFault | undefined)?.driverError ?? (error as DatabaseFault | undefined);
  const { code, constraint = '' } = fault ?? {};
  if (constraint === 'plan_change_status') return notEditable();
  if (constraint === 'plan_change_owner') return notYours();
  if (constraint === 'plan_change_row')
    return new ToolError('PLAN_MOVED', 'What this call is about was changed or deleted in the meantime.', {
      hint: 'Look at it again with this planId, then decide.',
      retryable: true,
    });
  if (code === '23514' || code === '23502' || code === '22003')
    return invalid(CHECKS[constraint] ?? 'The values do not fit together or are out of range: look at dates, amounts and FTE.');
  return error;
}

export function notEditable(status?: string): ToolError {
  return new ToolError(
    'SCENARIO_NOT_EDITABLE',
    `Only a scenario in status DRAFT or REJECTED can be changed${status ? `; this one is ${status}` : ''}.`,
    {
      hint: 'Tell the user to withdraw it in the web application, or copy it: create_scenario with sourcePlanId.',
    },
  );
}

export function notYours(): ToolError {
  return new ToolError('PERMISSION_DENIED', 'Only the owner of a scenario and those assigned to it may change it.', {
    hint: 'Copy it with create_scenario and sourcePlanId, and change the copy.',
  });
}

export function invalid(problem: string, fields: readonly { field: string; problem: string }[] = []): ToolError {
  return new ToolError('VALIDATION', problem, {
    hint: 'Nothing was changed. Call again with the arguments corrected.',
    retryable: true,
    details: { fields },
  });
}
