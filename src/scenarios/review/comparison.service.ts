import { Injectable } from '@nestjs/common';
import { type CallContext, type CallPlan, can, visiblePlan } from '../../access';
import { type AnalyticsAnswer, AnalyticsService, mayRead } from '../../analytics';
import { inWorld } from '../../database';
import { type DifferenceCount, DifferencesService } from './differences.service';

/** Figures of the last day of the period, and costs of the whole of it. */
const METRICS = ['headcount', 'fte', 'contractor_headcount', 'vacancy_count', 'open_fte', 'cost_total'] as const;

export interface ComparedFigure {
  metric: string;
  value: string | number | null;
}

export interface ComparedWorld {
  /** Absent for live. */
  planId?: string;
  title: string;
  status?: CallPlan['status'];
  rev?: number;
  figures: ComparedFigure[];
  changes?: DifferenceCount[];
  warnings?: { code: string; message: string }[];
}

export interface ScenarioComparison {
  period: { from: string; to: string };
  asOf: string;
  currency?: string;
  items: ComparedWorld[];
  redacted?: string[];
}

/** Live and some scenarios side by side. */
@Injectable()
export class ComparisonService {
  constructor(
    private readonly analytics: AnalyticsService,
    private readonly differences: DifferencesService,
  ) {}

  /** Needs scenarios.read and analytics.read; costs are for who may see pay and money. @throws ToolError NOT_FOUND */
  async compare(ctx: CallContext, planIds: readonly string[], period?: { from: string; to: string }): Promise<ScenarioComparison> {
    const plans: CallPlan[] = [];
    for (const id of new Set(planIds)) plans.push(await visiblePlan(ctx.db, ctx.orgId, id, 'planIds'));
    const metrics = METRICS.filter((name) => mayRead(ctx, name, 'live'));
    const answers: AnalyticsAnswer[] = [];
    for (const plan of [undefined, ...plans]) {
      const query = {
        metrics,
        limit: 1,
        ...(period ? { period } : { preset: 'next_12_months' as const }),
        ...(plan && { planId: plan.id }),
      };
      answers.push(await inWorld(ctx.db, plan?.id, () => this.analytics.answer({ ...ctx, plan }, query)));
    }
    const [{ meta }] = answers as [AnalyticsAnswer];
    const items: ComparedWorld[] = [{ title: 'Live', ...told(answers[0]!) }];
    for (const [at, { id, title, status, rev }] of plans.entries()) {
      items.push({ planId: id, title, status, rev, ...told(answers[at + 1]!), changes: await this.differences.counts(ctx, id) });
    }
    const left = [...METRICS.filter((name) => !metrics.includes(name)), ...(can(ctx, 'compensation.read') ? [] : ['pay'])];
    return {
      period: { from: meta.period.from, to: meta.period.to },
      asOf: meta.asOf,
      ...(meta.currency && { currency: meta.currency }),
      items,
      ...(left.length > 0 && { redacted: left }),
    };
  }
}

function told({ columns, totals, meta }: AnalyticsAnswer): Pick<ComparedWorld, 'figures' | 'warnings'> {
  const figures = columns.map(({ key }, at) => ({ metric: key, value: totals[at] ?? null }));
  return { figures, ...(meta.warnings.length > 0 && { warnings: meta.warnings.map(({ code, message }) => ({ code, message })) }) };
}
