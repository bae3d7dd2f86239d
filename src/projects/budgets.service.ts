import { Injectable } from '@nestjs/common';
import { type CallContext, can, ToolError } from '../access';
import type { Permission } from '../permissions';
import { type CostWarningRow, expectMany, seesCosts, toWarnings } from '../costs';
import { Cursors, type IdName, mayFilter, type Page, rankedPage, type RankedRows, resolveReferences } from '../workforce';
import { BUDGET_SCOPES, budgetStatus } from './budgets.sql';

export type BudgetScope = (typeof BUDGET_SCOPES)[number];

export interface BudgetSearch {
  readonly scope?: BudgetScope;
  /** Of a team, cost centre, project or value stream; needs the scope. */
  readonly scopeId?: string;
  readonly asOf?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Amounts are decimal strings in the currency of the answer, days YYYY-MM-DD, both included. */
export interface BudgetRow {
  id: string;
  scope: BudgetScope;
  target?: IdName;
  period: 'month' | 'quarter' | 'fiscal_year';
  from: string;
  to: string;
  effectiveDate: string;
  /** Absent where its currency has no rate. */
  amount?: string;
  own?: { amount: string; currency: string };
  /** Cost of the whole period, by allocations. */
  planned?: string;
  /** The part of it until the day of the answer. */
  toDate?: string;
  /** amount - planned. */
  variance?: string;
  plannedShare?: number;
  toDateShare?: number;
}

export interface BudgetWarning {
  code: CostWarningRow['code'];
  currency?: string;
  count: number;
  message: string;
}

export interface BudgetStatus extends Page<BudgetRow> {
  asOf: string;
  currency: string;
  warnings: BudgetWarning[];
  redacted?: string[];
}

interface Found extends RankedRows<BudgetRow> {
  asOf: string;
  currency: string;
  unrated: { currency: string; count: number }[];
  warnings: CostWarningRow[];
}

const KINDS = { team: 'team', cost_centre: 'cc', project: 'prj', value_stream: 'vs' } as const;
/** Whose names need a permission of their own. */
const NAMED: Partial<Record<BudgetScope, Permission>> = { team: 'teams.read', project: 'projects.read' };

const MONEY = ['planned', 'toDate', 'variance', 'plannedShare', 'toDateShare'] as const;

@Injectable()
export class BudgetsService {
  /**
   * Needs budgets.read. Budgets in force on the day by scope, then name, with plan and actual for who may see pay.
   * @throws ToolError VALIDATION, NOT_FOUND
   */
  async status(ctx: CallContext, search: BudgetSearch): Promise<BudgetStatus> {
    const cursors = new Cursors(ctx, 'budgets', search, 1);
    const after = cursors.read(search.cursor);
    const priced = seesCosts(ctx);
    if (priced) await expectMany(ctx);
    const [row] = await ctx.db.query<[Found]>(budgetStatus(priced), [
      ...[ctx.orgId, after?.day ?? search.asOf, search.scope, await targetOf(ctx, search), after?.key[0], search.limit + 1],
    ]);
    const page = rankedPage(cursors, row, search.limit, row.asOf);
    const unnamed = (item: BudgetRow): boolean => !canName(ctx, item.scope);
    const redacted = [...(page.items.some(unnamed) ? ['target'] : []), ...(priced ? [] : MONEY)];
    return {
      ...page,
      items: page.items.map((item) => ({ ...item, ...(unnamed(item) && { target: undefined }) })),
      asOf: row.asOf,
      currency: row.currency,
      warnings: [...unratedWarnings(row), ...toWarnings(row.warnings, row.currency)],
      ...(redacted.length > 0 && { redacted }),
    };
  }
}

function canName(ctx: CallContext, scope: BudgetScope): boolean {
  const needed = NAMED[scope];
  return needed === undefined || can(ctx, needed);
}

async function targetOf(ctx: CallContext, { scope, scopeId }: BudgetSearch): Promise<string | undefined> {
  if (scopeId === undefined) return undefined;
  if (scope === undefined || scope === 'org') {
    const problem = 'scopeId needs the scope that it is an id of: team, cost_centre, project or value_stream.';
    throw new ToolError('VALIDATION', problem, { retryable: true, details: { fields: [{ field: 'scope', problem }] } });
  }
  mayFilter(ctx, 'scopeId', canName(ctx, scope) ? undefined : scopeId, NAMED[scope] as Permission);
  const { scopeId: id } = await resolveReferences(ctx, [{ kind: KINDS[scope], field: 'scopeId', given: scopeId }]);
  return id;
}

function unratedWarnings({ unrated, currency: into }: Found): BudgetWarning[] {
  return unrated.map(({ currency, count }) => ({
    ...{ code: 'FX_MISSING' as const, currency, count },
    message: `${count} budget${count === 1 ? ' has' : 's have'} no amount in ${into}: there is no exchange rate from ${currency}.`,
  }));
}
