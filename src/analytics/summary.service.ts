import { Injectable } from '@nestjs/common';
import { type CallContext, can } from '../access';
import { type IdName, resolveReferences } from '../workforce';
import { AnalyticsService } from './analytics.service';
import type { PresetName, Span } from './calendar';
import { invalid } from './invalid';
import { comparedPlan } from './other-world';
import type { AnalyticsAnswer, Cell, Warning } from './query';
import { metric } from './vocabulary';

/** What a summary tells, by the period that it is of. A unit has no budgets of its own: those of its teams would be added up with those of teams below. */
const PARTS: readonly { readonly preset: PresetName; readonly metrics: readonly string[]; readonly ofWhole?: readonly string[] }[] = [
  {
    preset: 'today',
    metrics: ['headcount', 'fte', 'contractor_headcount', 'vacancy_count', 'open_fte', 'span_of_control_avg', 'layers_max'],
  },
  { preset: 'this_month', metrics: ['cost_total', 'utilisation', 'over_allocated_people'] },
  { preset: 'this_year', metrics: ['joiners', 'leavers', 'cost_total'], ofWhole: ['budget_amount', 'budget_variance'] },
];

export interface SummaryFigure {
  metric: string;
  unit: string;
  value?: string | number;
  baseline?: string | number;
  change?: string | number;
}

export interface SummaryPart extends Span {
  figures: SummaryFigure[];
  warnings?: Warning[];
}

export interface Summary {
  asOf: string;
  currency?: string;
  planId?: string;
  planRev?: number;
  baseline?: { what: string; planId?: string; planRev?: number };
  parts: SummaryPart[];
  /** Metrics that the caller may not read here. */
  redacted?: string[];
}

interface SummaryOf {
  readonly baseline: string;
  readonly asOf?: string;
  readonly team?: string;
}

/** The figures that a review begins with, of the whole organization or of one team with all below it. */
@Injectable()
export class SummaryService {
  constructor(private readonly analytics: AnalyticsService) {}

  /**
   * @param baseline `live` or a scenario; without a scenario to read there is nothing to compare live with
   * @param asOf the day that the parts are about, or its month, or its fiscal year; default today
   * @throws ToolError NOT_FOUND, VALIDATION, PERMISSION_DENIED
   */
  async read(ctx: CallContext, { baseline, asOf: day, team }: SummaryOf): Promise<Summary> {
    if (baseline === ctx.plan?.id) throw invalid('baseline', 'baseline is the scenario that is read: name another one, or live.');
    if (baseline !== 'live') await comparedPlan(ctx, baseline, 'baseline');
    const compareTo = baseline === 'live' && !ctx.plan ? undefined : baseline;
    const redacted = new Set<string>();
    const answers: AnalyticsAnswer[] = [];
    for (const { preset, metrics, ofWhole = [] } of PARTS) {
      const all = team === undefined ? [...metrics, ...ofWhole] : metrics;
      const readable = all.filter((name) => mayRead(ctx, name, compareTo));
      all.filter((name) => !readable.includes(name)).forEach((name) => redacted.add(name));
      if (readable.length === 0) continue;
      const filters = team === undefined ? [] : [{ field: 'team', op: 'under', value: team } as const];
      const planId = ctx.plan?.id;
      answers.push(
        await this.analytics.answer(ctx, { metrics: readable, preset, asOf: day, filters, limit: 1, ...(planId && { planId }), compareTo }),
      );
    }
    const { asOf, currency, planRev, comparedWith } = Object.assign({}, ...answers.map(({ meta }) => meta)) as AnalyticsAnswer['meta'];
    return {
      ...{ asOf, ...(currency && { currency }), ...(ctx.plan && { planId: ctx.plan.id, planRev }) },
      ...(comparedWith && { baseline: comparedWith }),
      parts: answers.map(partOf),
      ...(redacted.size > 0 && { redacted: [...redacted] }),
    };
  }

  /** @throws ToolError NOT_FOUND */
  async unit(ctx: CallContext, given: string): Promise<IdName> {
    const { teamId } = await resolveReferences(ctx, [{ kind: 'team', field: 'teamId', given }]);
    const [unit] = await ctx.db.query<[IdName]>('select id, name from team where org_id = $1 and id = $2', [ctx.orgId, teamId]);
    return unit;
  }
}

/** Costs of a scenario, and what they differ by, are for who may see pay. */
export function mayRead(ctx: CallContext, name: string, compareTo: string | undefined): boolean {
  const { permissions, pay } = metric(name);
  const ofScenario = ctx.plan !== undefined || compareTo !== undefined;
  return permissions.every((one) => can(ctx, one)) && !(pay && ofScenario && !can(ctx, 'compensation.read'));
}

function partOf({ columns, totals, meta }: AnalyticsAnswer): SummaryPart {
  const figures: SummaryFigure[] = [];
  const each = meta.comparedWith ? 3 : 1;
  for (let at = 0; at < columns.length; at += each) {
    const { key, unit = '' } = columns[at]!;
    const [value, baseline, change] = totals.slice(at, at + each) as (Cell | undefined)[];
    figures.push({
      metric: key,
      unit,
      ...(value != null && { value }),
      ...(baseline != null && { baseline }),
      ...(change != null && { change }),
    });
  }
  const { from, to } = meta.period;
  return { from, to, figures, ...(meta.warnings.length > 0 && { warnings: meta.warnings }) };
}
