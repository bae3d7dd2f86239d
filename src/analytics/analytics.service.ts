import { Injectable } from '@nestjs/common';
import { type CallContext, can, ToolError } from '../access';
import type { Permission } from '../permissions';
import { badCursor, Cursors } from '../workforce';
import { columnsOf } from './columns';
import { compile } from './compiler';
import { resolveFilters } from './filters';
import { hiddenGroups } from './guarded-groups';
import { listing, type MetricListing } from './listing';
import { readOther } from './other-world';
import { guardedPay } from './pay-rules';
import { type AnalyticsAnswer, type AnalyticsQuery, type Cell, PERIOD } from './query';
import { type Question, questionOf } from './question';
import { type Settings, SETTINGS } from './settings.sql';
import { timeAxis } from './time-axis';
import { dimension } from './vocabulary';
import { endsEarly, type LeftOut, warningsOf, warningsOfOther } from './warnings';

interface Found {
  rows: { key: string[]; cells: Cell[] }[];
  totals: Cell[];
  cursorKnown: boolean;
  suppressed: number;
  leftOut: LeftOut[];
  freshness: Record<string, string>;
}

/** Figures of the organization, split and filtered: one statement per question. */
@Injectable()
export class AnalyticsService {
  /** What can be asked for, of one group of metrics or all. */
  vocabulary(ctx: CallContext, group?: string): MetricListing {
    return listing(ctx, group);
  }

  /** @throws ToolError VALIDATION, NOT_FOUND, PERMISSION_DENIED, RESULT_TOO_LARGE */
  async answer(ctx: CallContext, query: AnalyticsQuery): Promise<AnalyticsAnswer> {
    try {
      return await this.reckon(ctx, query);
    } catch (error) {
      throw tooMuch(error);
    }
  }

  private async reckon(ctx: CallContext, query: AnalyticsQuery): Promise<AnalyticsAnswer> {
    const [settings] = await ctx.db.query<[Settings]>(SETTINGS, [ctx.orgId]);
    const cursors = new Cursors(ctx, 'analytics', query, 1 + keyed(query).length);
    const after = cursors.read(query.cursor);
    const calendar = { ...settings, today: after?.day ?? query.asOf ?? settings.today };
    const question = questionOf(query, calendar);
    mayAsk(ctx, question);
    const buckets = timeAxis(question, calendar);
    const filters = await resolveFilters(ctx, question.filters);
    const guarded = guardedPay(ctx, question, filters);
    const hidden = guarded ? await hiddenGroups(ctx, question, buckets, guarded, { ...calendar, minGroupSize: settings.minGroupSize }) : [];
    const asked = { orgId: ctx.orgId, question, buckets, filters, hidden, today: calendar.today };
    const other = await readOther(ctx, asked);
    const { sql, values } = compile({ ...asked, limit: query.limit + 1, after: after?.key, other: other?.rows });
    const [found] = await ctx.db.query<[Found]>(sql, values);
    if (!found.cursorKnown) throw badCursor();
    const shown = found.rows.slice(0, query.limit);
    const hasMore = found.rows.length > query.limit;
    const money = question.metrics.some(({ unit }) => unit === 'money');
    return {
      columns: columnsOf(question, settings.currency),
      rows: shown.map(({ cells }) => cells),
      totals: found.totals,
      meta: {
        period: { ...question.span, granularity: question.granularity },
        ...(question.comparison && { comparedWith: { what: question.comparison.with, ...question.comparison.span, ...other?.plan } }),
        ...(money && { currency: settings.currency }),
        ...(ctx.plan && { planId: ctx.plan.id, planRev: ctx.plan.rev }),
        asOf: calendar.today,
        liveRev: settings.liveRev,
        ...(Object.keys(found.freshness).length > 0 && { freshness: found.freshness }),
        suppressed: found.suppressed,
        hasMore,
        ...(hasMore && { nextCursor: cursors.write({ day: calendar.today, key: shown.at(-1)!.key }) }),
        warnings: [
          ...warningsOf(found.leftOut, settings.currency),
          ...warningsOfOther(found.leftOut, other?.leftOut ?? [], settings.currency),
          ...endsEarly(question, found.freshness),
        ],
      },
    };
  }
}

/** The dimensions that a row is known by, besides its period. */
function keyed({ dimensions = [] }: AnalyticsQuery): readonly string[] {
  return dimensions.filter((name) => name !== PERIOD);
}

/** Each metric and each dimension that is split or filtered by needs its own permissions; a figure would give them away. */
function mayAsk(ctx: CallContext, { reckoned, splits, filters }: Question): void {
  const dimensions = [...splits.filter((one) => one !== PERIOD), ...filters.map(({ field }) => field)];
  const asked: readonly { name: string; permissions: readonly Permission[]; without?: string }[] = [
    ...reckoned,
    ...dimensions.map((name) => ({ name, permissions: dimension(name).permissions })),
    ...reckoned.flatMap(({ name, personal }) =>
      personal && dimensions.includes('employee') ? [{ name: `${name} by employee`, permissions: [personal], without: 'employee' }] : [],
    ),
  ];
  const refused = asked.filter(({ permissions }) => !permissions.every((one) => can(ctx, one)));
  if (refused.length === 0) return;
  const missing = [...new Set(refused.flatMap(({ permissions }) => permissions.filter((one) => !can(ctx, one))))];
  const names = [...new Set(refused.map(({ name }) => name))].join(', ');
  const without = [...new Set(refused.map((one) => one.without ?? one.name))].join(', ');
  throw new ToolError('PERMISSION_DENIED', `${names} needs the permission ${missing.join(', ')}.`, {
    hint: `Ask again without ${without}; list_metrics tells what you may ask for.`,
    details: { missing, fields: without },
  });
}

/** PostgreSQL's code for a statement that was ended: by its time limit, or because the caller hung up and reads nothing of this. */
const ENDED = '57014';

function tooMuch(error: unknown): unknown {
  if ((error as { code?: string }).code !== ENDED) return error;
  return new ToolError('RESULT_TOO_LARGE', 'This takes longer than a question may.', {
    hint: 'Ask for less: a shorter period, a coarser granularity, fewer dimensions or metrics.',
  });
}
