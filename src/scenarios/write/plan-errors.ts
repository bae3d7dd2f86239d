import { ToolError } from '../../access';
import { isBusy } from '../../database';

interface DatabaseFault {
  readonly code?: string;
  readonly constraint?: string;
  readonly driverError?: DatabaseFault;
}

const ENDS = ['endDate', 'must not be before startDate'] as const;

/** Rules of single rows (the checks of the live tables): the argument, and what is wrong with it. Any other is told as values that do not fit. */
const CHECKS: Readonly<Record<string, readonly [field: string, problem: string]>> = {
  employee_check: ENDS,
  contractor_check: ENDS,
  project_check: ENDS,
  allocation_check: ENDS,
  ai_agent_check: ENDS,
  project_check1: ['estimatedCost', 'needs a currency'],
  allocation_fte_check: ['fte', 'must be above 0 and at most 2, for a team at most 10000'],
  vacancy_check: ['salaryMax', 'must not be below salaryMin'],
  vacancy_check1: ['salaryMin', 'is given together with salaryMax and currency'],
  employment_terms_check1: ['managerId', 'must be somebody else: nobody is their own manager'],
  employment_terms_contracted_fte_check: ['contractedFte', 'must be above 0 and at most 2'],
  team_check: ['parentTeamId', 'must be another team'],
};

export function brokenRule(error: unknown): { readonly code: string; readonly constraint: string } {
  const fault = (error as DatabaseFault | undefined)?.driverError ?? (error as DatabaseFault | undefined);
  return { code: fault?.code ?? '', constraint: fault?.constraint ?? '' };
}

/** What the database refused, as an error that a model can act on. Its own words never leave. */
export function planError(error: unknown): unknown {
  const { code, constraint } = brokenRule(error);
  if (constraint === 'plan_change_status') return notEditable();
  if (constraint === 'plan_change_owner') return notYours();
  if (constraint === 'plan_change_row')
    return new ToolError('PLAN_MOVED', 'What this call is about was changed or deleted in the meantime.', {
      hint: 'Look at it again with this planId, then decide.',
      retryable: true,
    });
  // Taken after this call had looked for it: what the call did is undone.
  if (constraint === 'plan_request_pkey')
    return new ToolError('PLAN_MOVED', 'A call with this idempotencyKey was carried out at the same time.', {
      hint: 'Call again with the same key and arguments to get its answer.',
      retryable: true,
    });
  if (constraint === 'plan_change_busy' || isBusy(error))
    return new ToolError(
      'PLAN_MOVED',
      'What this call needs is just being written by somebody else, an import for instance. Nothing was changed.',
      {
        hint: 'Call again in a moment with the same arguments.',
        retryable: true,
      },
    );
  if (code === '23514' || code === '23502' || code === '22003') return broken(CHECKS[constraint]);
  return error;
}

function broken(check: (typeof CHECKS)[string] | undefined): ToolError {
  if (check === undefined) return invalid('The values do not fit together or are out of range: look at dates, amounts and FTE.');
  const [field, problem] = check;
  return invalid(`${field} ${problem}.`, [{ field, problem }]);
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
