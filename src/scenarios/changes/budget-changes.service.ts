import { Injectable } from '@nestjs/common';
import { type ReferenceKind, resolveReferences } from '../../workforce';
import { invalid, type Step } from '../write';

const SCOPES = { team: 'team', cost_centre: 'cc', project: 'prj', value_stream: 'vs' } as const satisfies Record<string, ReferenceKind>;

export interface BudgetChange {
  readonly scopeType: 'org' | keyof typeof SCOPES;
  readonly scopeId?: string;
  readonly amount: string;
  readonly period: 'month' | 'quarter' | 'fiscal_year';
  readonly currency: string;
  readonly effectiveDate: string;
}

/** $1 organization · $2 scope · $3 its id · $4 day */
const ON_THE_DAY = `
  select id from budget where org_id = $1 and scope = $2 and effective_date = $4
    and coalesce(team_id, cost_centre_id, project_id, value_stream_id) is not distinct from $3`;

/** Budgets in a scenario: one row per scope and day from which it is in force. */
@Injectable()
export class BudgetChanges {
  set(input: BudgetChange): Step {
    return async (draft) => {
      const { scopeType: scope, amount, period, currency, effectiveDate: effective_date } = input;
      if ((scope === 'org') !== (input.scopeId === undefined))
        throw invalid('scopeId is given for every scope but org.', [{ field: 'scopeId', problem: 'goes with every scope but org' }]);
      const { scopeId = null } =
        scope === 'org' ? {} : await resolveReferences(draft.ctx, [{ kind: SCOPES[scope], field: 'scopeId', given: input.scopeId }]);
      const [now] = await draft.ctx.db.query<{ id: string }[]>(ON_THE_DAY, [draft.ctx.orgId, scope, scopeId, effective_date]);
      const row = { amount, period, currency };
      if (now) draft.update('budget', now.id, row);
      const id = now?.id ?? draft.create('budget', { scope, ...(scopeId && { [`${scope}_id`]: scopeId }), effective_date, ...row });
      return { type: 'budget', id };
    };
  }
}
