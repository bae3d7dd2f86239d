import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { AnalyticsService } from '../../analytics';
import { seesCosts } from '../../costs';
import { type PageCaller, PageCallers } from '../page-caller.service';

/** Months that the chart looks ahead, this one included. */
const MONTHS = 24;

/** One figure month by month, as it is live and as the scenario has it. Decimals; null where it is not known. */
export interface ImpactSeries {
  readonly metric: 'headcount' | 'cost_total';
  readonly currency?: string;
  readonly months: readonly string[];
  readonly live: readonly (number | null)[];
  readonly plan: readonly (number | null)[];
}

/** What a scenario comes to in heads and, for who may see pay, in money. */
@Injectable()
export class ImpactService {
  constructor(
    private readonly callers: PageCallers,
    private readonly analytics: AnalyticsService,
  ) {}

  /** Two transactions, one after the other: each world is read by itself. */
  async of(caller: PageCaller, planId: string): Promise<readonly ImpactSeries[]> {
    const money = seesCosts(caller);
    const metrics = ['headcount', ...(money ? ['cost_total'] : [])] as const;
    const live = await this.callers.read(caller, (ctx) => this.months(ctx, metrics));
    const plan = await this.callers.read(caller, (ctx) => this.months(ctx, metrics), planId);
    return metrics.map((metric, index): ImpactSeries => ({
      metric: metric as ImpactSeries['metric'],
      ...(metric === 'cost_total' && { currency: live.currency }),
      months: live.months,
      live: live.values[index] ?? [],
      plan: plan.values[index] ?? [],
    }));
  }

  /** A year per question: PostgreSQL expects few days of a period, and joins those of two years in loops (41 s for 1 s, embedded). */
  private async months(ctx: CallContext, metrics: readonly string[]): Promise<Months> {
    const years: Months[] = [];
    for (let from = 0; from < MONTHS; from += 12) years.push(await this.year(ctx, metrics, monthsFrom(new Date(), from)));
    return {
      currency: years[0]?.currency,
      months: years.flatMap(({ months }) => months),
      values: metrics.map((_, at) => years.flatMap(({ values }) => values[at] ?? [])),
    };
  }

  private async year(ctx: CallContext, metrics: readonly string[], period: { from: string; to: string }): Promise<Months> {
    const answer = await this.analytics.answer(ctx, { metrics, dimensions: ['period'], granularity: 'month', period, limit: 12 });
    const at = (key: string): number => answer.columns.findIndex((column) => column.key === key);
    const numbers = (metric: string): (number | null)[] =>
      answer.rows.map((row) => (row[at(metric)] === null || row[at(metric)] === undefined ? null : Number(row[at(metric)])));
    return {
      currency: answer.meta.currency,
      months: answer.rows.map((row) => String(row[at('period')]).slice(0, 7)),
      values: metrics.map(numbers),
    };
  }
}

interface Months {
  readonly currency?: string;
  readonly months: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
}

/** Twelve months, from so many after this one. */
function monthsFrom(now: Date, after: number): { from: string; to: string } {
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() + after];
  return { from: day(new Date(Date.UTC(year, month, 1))), to: day(new Date(Date.UTC(year, month + 12, 0))) };
}
