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

export interface Outcome extends Measure {
  /** By how much the call has changed the cost so far: unrounded, and as it is told. */
  readonly changed: string;
  readonly changedCost: string;
  readonly rev: number;
  readonly moved: number;
  readonly conflicts: number;
}

const PEOPLE = `
  (select count(*)::integer from employee e where e.org_id = $1 and e.id = any ($2::text[])
    and e.start_date <= $3 and coalesce(e.end_date, 'infinity') >= $3) as headcount,
  (select coalesce(sum(t.contracted_fte) * 1000, 0)::integer from employee e join employment_terms t on t.org_id = $1 and t.employee_id = e.id
      and t.effective_from <= $3 and coalesce(t.effective_to, 'infinity') >= $3
    where e.org_id = $1 and e.id = any ($2::text[]) and e.start_date <= $3 and coalesce(e.end_date, 'infinity') >= $3) as "milliFte"`;

/** What has changed so far, unrounded and as it is told, and what the scenario has come to. $5 cost before · $6 changed by earlier steps · $7 scenario */
const SO_FAR = `(c.cost - $5::numeric + $6::numeric)::text as changed, cost_text(c.cost - $5::numeric + $6::numeric) as "changedCost",
    (select p.rev from plan p where p.org_id = $1 and p.id = $7) as rev, drift.moved, drift.conflicts`;

const DRIFT = `(
    select count(*)::integer as moved, count(*) filter (where s.conflicts <> '{}')::integer as conflicts from plan_state s
    where s.org_id = $1 and s.plan_id = $7 and (s.conflicts <> '{}' or s.live_version is distinct from s.base_version)) drift`;

/** $1 organization · $2 employees · $3 day · $4 whose cost */
const WITH_COST = `
  with bucket as (
    select 1 as key, m.first_day::date as from_day, (m.first_day + interval '1 month - 1 day')::date as to_day
    from (select date_trunc('month', $3::date + interval '1 month - 1 day') as first_day) m),
  ${costRows({ split: 'team', keys: {}, subjects: '$4::text[]' })},
  c as (select coalesce((select total from cost), 0) as cost)`;

const WITHOUT_COST = `with c as (select 0::numeric as cost from (select $4::text[]) unread)`;

const BEFORE = `select ${PEOPLE}, c.cost::text as cost from c`;
const AFTER = `select ${PEOPLE}, c.cost::text as cost, ${SO_FAR} from c cross join ${DRIFT}`;

/** A salary could be told from the difference that one person makes. */
export function seesCostOfChange(ctx: CallContext): boolean {
  return can(ctx, 'compensation.read') && can(ctx, 'financials.read');
}

/** The people and resources that a step touches, on its day, as the scenario is at this moment. */
export async function measure(draft: Draft): Promise<Measure> {
  const [row] = await draft.ctx.db.query<[Measure]>(`${costs(draft)} ${BEFORE}`, asked(draft));
  return row;
}

/** The same after the step, with what it comes to; `changed` is that of the step before it in the same call. */
export async function outcome(draft: Draft, before: Measure, changed = '0'): Promise<Outcome> {
  const { ctx, planId } = draft;
  const [row] = await ctx.db.query<[Outcome]>(`${costs(draft)} ${AFTER}`, [...asked(draft), before.cost, changed, planId]);
  return row;
}

const costs = ({ ctx, resources }: Draft): string => (seesCostOfChange(ctx) && resources.size > 0 ? WITH_COST : WITHOUT_COST);
const asked = ({ ctx, employees, resources, day }: Draft): unknown[] => [ctx.orgId, [...employees], day, [...resources]];
