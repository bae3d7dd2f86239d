import { Injectable } from '@nestjs/common';
import type { CallContext } from '../access';
import { type AskedPeriod, mustBeInOrder } from '../workforce';
import { type SpendWarning, spendWarnings, type Unrated } from './warnings';
import { UNRATED, USED } from './usage.sql';

interface Usage {
  /** Decimal string in the currency of the answer. */
  spend: string;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  sessions: number;
}

export interface UsageSummary {
  period: { from: string; to: string };
  currency: string;
  /** All usage, that of unmatched accounts included. */
  totals: Usage & { /** Part of the headcount that used AI. */ adoptionRate?: number; activeUsers: number; headcount: number };
  systems: (Usage & { system: string; activeUsers: number })[];
  unmatched: Usage & { accounts: number };
  warnings: SpendWarning[];
}

const FIGURES = `'spend', money_text(coalesce(sum(u.spend), 0)), 'inputTokens', coalesce(sum(u.input_tokens), 0), 'outputTokens', coalesce(sum(u.output_tokens), 0),
      'cachedTokens', coalesce(sum(u.cached_tokens), 0), 'sessions', coalesce(sum(u.sessions), 0)`;

/** How many AI systems are shown. */
const SYSTEMS = 50;

/** $1 organization · $2 $3 period · $4 no system. Headcount is that of the last day. */
const SUMMARY = `
  with ${USED},
  counted as (select * from used),
  employed as (
    select count(*) as headcount, count(u.employee_id) as adopters
    from span join employee e on e.org_id = $1 and e.start_date <= span.to_day and (e.end_date is null or e.end_date >= span.to_day)
    left join (select distinct employee_id from used) u on u.employee_id = e.id
  )
  select json_build_object('from', span.from_day, 'to', span.to_day) as period, o.reporting_currency as currency,
    (select jsonb_strip_nulls(jsonb_build_object(${FIGURES}, 'activeUsers', count(distinct u.employee_id), 'headcount', employed.headcount,
      'adoptionRate', round(employed.adopters::numeric / nullif(employed.headcount, 0), 4))) from used u) as totals,
    (select coalesce(json_agg(s.item order by s.spend desc nulls last, s.system), '[]') from (
      select u.system, sum(u.spend) as spend, jsonb_build_object('system', u.system, 'activeUsers', count(distinct u.employee_id), ${FIGURES}) as item
      from used u group by u.system order by 2 desc nulls last, 1 limit ${SYSTEMS}) s) as systems,
    (select jsonb_build_object('accounts', count(distinct u.account_id), ${FIGURES}) from used u where u.employee_id is null) as unmatched,
    ${UNRATED} as unrated
  from span cross join employed join organization o on o.id = $1`;

@Injectable()
export class AiUsageService {
  /** Needs ai_usage.read. */
  async summary(ctx: CallContext, asked: AskedPeriod): Promise<UsageSummary> {
    const [row] = await ctx.db.query<[UsageSummary & { unrated: Unrated[] }]>(SUMMARY, [ctx.orgId, asked.from, asked.to, undefined]);
    const { unrated, ...summary } = row;
    mustBeInOrder(summary.period);
    return { ...summary, warnings: spendWarnings(unrated, summary.currency) };
  }
}
