import type { CallContext } from '../../access';
import { type CostQuestion, costRows, costWarnings, type CostWarningRow, seesCosts, toWarnings } from '../../costs';
import type { Draft, Warning } from './draft';
import { after, dayOf, type Sight, type Subject } from './sight';

/** What a call changed on its day; cost of the first full month from then on, withheld from who may not see pay. */
export interface Impact {
  asOf: string;
  headcount: number;
  fte: number;
  monthlyCost?: string;
  currency?: string;
}

/** A step of a call, and what it was about before. */
export interface Measured {
  readonly draft: Draft;
  readonly before: Sight;
}

/** What a call came to. */
export interface Outcome {
  readonly impact: Impact;
  readonly warnings: readonly Warning[];
  readonly rev: number;
  readonly moved: number;
  readonly conflicts: number;
}

/** What monthlyCost leaves out; the other warnings of costs are about shares, which a sum over teams does not depend on. */
const LEFT_OUT: readonly string[] = ['FX_MISSING', 'SALARY_MISSING'];

const QUESTION: CostQuestion = { split: 'team', keys: {}, segments: 'changed' };

const KEPT = ['org_id', 'subject_id', 'resource_type', 'split', 'geography_id', 'work_type_id', 'currency', 'accrual', 'price_missing']
  .map((name) => `s.${name}`)
  .join(', ');
const AMOUNTS = ['base', 'bonus', 'contractor', 'vacancy', 'ai_seats', 'ai_tokens'];

/** What each costs in the month, in whatever teams. */
const inMonth = (segments: string): string => `
      select ${KEPT}, greatest(s.from_day, b.from_day) as from_day, least(s.to_day, b.to_day) as to_day, sum(s.fte) as fte, ${AMOUNTS.map((name) => `sum(s.${name}) as ${name}`).join(', ')}
      from ${segments} s cross join bucket b where s.from_day <= b.to_day and s.to_day >= b.from_day
      group by ${KEPT}, 10, 11`;

const difference = (sign: 1 | -1, segments: string, others: string): string => `
    select ${KEPT}, s.from_day, s.to_day, ${AMOUNTS.map((name) => `${sign} * s.${name} as ${name}`).join(', ')}, false as over_allocated
    from (${inMonth(segments)}
      except all ${inMonth(others)}) s`;

/** Only what differs: who costs the same as before is not left out, whatever is not known about them. $3 day · $4 subjects · $5 what they cost before */
const WITH_COST = `
  with bucket as (
    select 1 as key, m.first_day::date as from_day, (m.first_day + interval '1 month - 1 day')::date as to_day
    from (select date_trunc('month', $3::date + interval '1 month - 1 day') as first_day) m),
  was as materialized (select s.* from unnest($5::jsonb[]) b (costs) cross join lateral jsonb_populate_recordset(null::cost_segment, b.costs) s),
  now as materialized (
    select s.* from unnest($4::text[]) o (id)
    cross join lateral (select s.* from cost_segment s where s.org_id = $1 and s.split = 'team' and s.subject_id = o.id offset 0) s),
  changed as materialized (${difference(1, 'now', 'was')}
    union all ${difference(-1, 'was', 'now')}),
  ${costRows(QUESTION)},
  ${costWarnings(QUESTION)},
  figure as (
    select cost_text(coalesce((select total from cost), 0)) as cost, (select coalesce(json_agg(w order by w.code, w.currency), '[]') from cost_warning w) as warnings)`;

const WITHOUT_COST = `with figure as (select cost_text(0) as cost, '[]'::json as warnings)`;

/** $1 organization · $2 scenario */
const OUTCOME = `
  select f.cost, f.warnings, p.rev, drift.moved, drift.conflicts
  from figure f join plan p on p.org_id = $1 and p.id = $2
  cross join (
    select count(*)::integer as moved, count(*) filter (where s.conflicts <> '{}')::integer as conflicts from plan_state s
    where s.org_id = $1 and s.plan_id = $2 and (s.conflicts <> '{}' or s.live_version is distinct from s.base_version)) drift`;

interface Figures extends Pick<Outcome, 'rev' | 'moved' | 'conflicts'> {
  readonly cost: string;
  readonly warnings: readonly CostWarningRow[];
}

/** What a sum leaves out says in which currency somebody is paid: it is for who sees the sum. */
export function tellsOfCost({ code }: Warning): boolean {
  return LEFT_OUT.includes(code);
}

/** All steps of a call together, on the day from which the last of them makes a difference: as it was before the first, and as it is. */
export async function outcome(ctx: CallContext, steps: readonly Measured[], currency: string): Promise<Outcome> {
  const { planId, today } = steps[0]!.draft;
  // Whom several steps are about was as the first of them found it.
  const were = new Map(steps.flatMap(({ before }) => before.subjects.map((one) => [one.id, one] as const)).reverse());
  const changes = steps.flatMap(({ draft }) => draft.changes);
  const is = await after(steps[0]!.draft, changes, [...were.keys()]);
  const later = [...steps.slice(1).map(({ before }) => before), is];
  const days = steps.map(({ before }, at) =>
    dayOf(today, before, (id) =>
      later
        .slice(at)
        .find(({ rows }) => rows.has(id))
        ?.rows.get(id),
    ),
  );
  const asOf = days.reduce((a, b) => (a > b ? a : b));
  const was = people([...were.values()], asOf);
  const now = people(is.subjects, asOf);
  const impact = { asOf, headcount: now.heads - was.heads, fte: (now.milliFte - was.milliFte) / 1000 };
  const { cost, warnings, ...rest } = await figures(ctx, planId, asOf, [...were.values(), ...is.subjects]);
  if (!seesCosts(ctx)) return { ...rest, impact, warnings: [] };
  const told = toWarnings(warnings, currency).filter(tellsOfCost);
  return {
    ...rest,
    impact: { ...impact, monthlyCost: cost, currency },
    warnings: told.map(({ code, message }) => ({ code, message: `monthlyCost, before or after the change: ${message}` })),
  };
}

function people(subjects: readonly Subject[], day: string): { heads: number; milliFte: number } {
  const terms = subjects.flatMap((one) => one.terms.filter(({ from, to }) => from <= day && to >= day));
  return { heads: terms.length, milliFte: terms.reduce((sum, { milliFte }) => sum + milliFte, 0) };
}

async function figures(ctx: CallContext, planId: string, day: string, subjects: readonly Subject[]): Promise<Figures> {
  const costed = seesCosts(ctx) && subjects.length > 0;
  const asked = costed ? [day, [...new Set(subjects.map(({ id }) => id))], subjects.map(({ costs }) => costs)] : [];
  const [row] = await ctx.db.query<[Figures]>(`${costed ? WITH_COST : WITHOUT_COST} ${OUTCOME}`, [ctx.orgId, planId, ...asked]);
  return row;
}
