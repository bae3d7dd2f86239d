import { type CallContext, can } from '../../access';
import { costRows } from '../../costs';
import type { Draft } from './draft';

/** What a call changed on its day; cost of the first full month from then on, withheld from who may not see pay. */
export interface Impact {
  asOf: string;
  headcount: number;
  fte: number;
  monthlyCost?: string;
  currency?: string;
}

/** Heads, thousandths of FTE, and unrounded cost as text. */
export interface Measure {
  readonly headcount: number;
  readonly milliFte: number;
  readonly cost: string;
}

const PEOPLE = `
  (select count(*)::integer from employee e where e.org_id = $1 and e.id = any ($2::text[])
    and e.start_date <= $3 and coalesce(e.end_date, 'infinity') >= $3) as headcount,
  (select coalesce(sum(t.contracted_fte) * 1000, 0)::integer from employee e join employment_terms t on t.org_id = $1 and t.employee_id = e.id
      and t.effective_from <= $3 and coalesce(t.effective_to, 'infinity') >= $3
    where e.org_id = $1 and e.id = any ($2::text[]) and e.start_date <= $3 and coalesce(e.end_date, 'infinity') >= $3) as "milliFte"`;

/** $1 organization · $2 employees · $3 day · $4 whose cost */
const WITH_COST = `
  with bucket as (
    select 1 as key, m.first_day::date as from_day, (m.first_day + interval '1 month - 1 day')::date as to_day
    from (select date_trunc('month', $3::date + interval '1 month - 1 day') as first_day) m),
  ${costRows({ split: 'team', keys: {}, where: 's.subject_id = any ($4::text[])' })}
  select ${PEOPLE}, coalesce((select total from cost), 0)::text as cost`;

const WITHOUT_COST = `select ${PEOPLE}, '0' as cost from (select $4::text[]) unread`;

/** A salary could be told from the difference that one person makes. */
export function seesCostOfChange(ctx: CallContext): boolean {
  return can(ctx, 'compensation.read') && can(ctx, 'financials.read');
}

/** The people and resources that a step touches, on its day, as the scenario is at this moment. */
export async function measure({ ctx, employees, resources, day }: Draft): Promise<Measure> {
  const sql = seesCostOfChange(ctx) && resources.size > 0 ? WITH_COST : WITHOUT_COST;
  const [row] = await ctx.db.query<[Measure]>(sql, [ctx.orgId, [...employees], day, [...resources]]);
  return row;
}
