import type { EntityManager } from 'typeorm';
import { LOCK, type Written } from '../records/record-writer.sql';
import type { Capacity, Week } from './weeks';

/** $1 organization · $2 weeks as JSON. Employed are people, contractors and agents from their first day to their last. */
const CAPACITIES = `
  select w.n, greatest(0, least(w.week + 4, coalesce(x.end_date, 'infinity')) - greatest(w.week, x.start_date) + 1)::int as days, coalesce(x.fte, 1)::float8 as fte
  from jsonb_to_recordset($2::jsonb) as w(n integer, kind text, id text, week date)
  cross join lateral (
    select e.start_date, e.end_date, t.contracted_fte as fte from employee e
      left join employment_terms t on t.org_id = $1 and t.employee_id = e.id and t.effective_from <= greatest(w.week, e.start_date)
        and coalesce(t.effective_to, 'infinity') >= greatest(w.week, e.start_date)
      where w.kind = 'employee' and e.org_id = $1 and e.id = w.id
    union all select c.start_date, c.end_date, 1 from contractor c where w.kind = 'contractor' and c.org_id = $1 and c.id = w.id
    union all select a.start_date, a.end_date, 1 from ai_agent a where w.kind = 'ai_agent' and a.org_id = $1 and a.id = w.id
  ) x order by w.n`;

/** How long each of the weeks is. */
export async function capacities(db: EntityManager, orgId: string, weeks: readonly Week[]): Promise<Capacity[]> {
  const asked = weeks.map(({ who, start }, n) => ({ n, kind: who.kind, id: who.id, week: start }));
  return db.query<Capacity[]>(CAPACITIES, [orgId, JSON.stringify(asked)]);
}

/** A line as the table has it. */
export interface LineRow {
  readonly category: string;
  readonly project_id: string | null;
  readonly work_item_id: string | null;
  /** With six places. */
  readonly fraction: string;
  readonly source: string;
}

export interface WeekRows {
  readonly subject: { readonly column: string; readonly id: string };
  readonly week: string;
  readonly lines: readonly LineRow[];
}

const WEEKS = `jsonb_to_recordset($2::jsonb) as w(n integer, subject text, week date)`;

const PRESENT = `select w.n, l.category, l.project_id, l.work_item_id, l.fraction::text as fraction, l.source from ${WEEKS}
  cross join lateral (select * from effort_line where org_id = $1 and subject_id = w.subject and week_start = w.week offset 0) l`;

const REMOVE = `delete from effort_line l using ${WEEKS} where l.org_id = $1 and l.subject_id = w.subject and l.week_start = w.week`;

const ADD = `insert into effort_line (org_id, week_start, line, employee_id, contractor_id, ai_agent_id, category, project_id, work_item_id, fraction, source)
  select $1, l.week_start, l.line, l.employee_id, l.contractor_id, l.ai_agent_id, l.category, l.project_id, l.work_item_id, l.fraction, l.source
  from jsonb_to_recordset($2::jsonb) as l(week_start date, line smallint, employee_id text, contractor_id text, ai_agent_id text, category text,
    project_id text, work_item_id text, fraction numeric, source text)`;

/** Replaces the weeks that are another than those that are there; a week is whole or not there. */
export async function writeWeeks(db: EntityManager, orgId: string, weeks: readonly WeekRows[]): Promise<Written> {
  await db.query(LOCK, [orgId]);
  const keyed = weeks.map(({ subject, week }, n) => ({ n, subject: subject.id, week }));
  const present = new Map<number, LineRow[]>();
  for (const { n, ...line } of await db.query<(LineRow & { n: number })[]>(PRESENT, [orgId, JSON.stringify(keyed)])) {
    present.set(n, [...(present.get(n) ?? []), line]);
  }
  const differing = keyed.filter(({ n }) => contents(weeks[n]?.lines ?? []) !== contents(present.get(n) ?? []));
  if (differing.length > 0) {
    await db.query(REMOVE, [orgId, JSON.stringify(differing.filter(({ n }) => present.has(n)))]);
    await db.query(ADD, [orgId, JSON.stringify(differing.flatMap(({ n }) => tableRows(weeks[n] as WeekRows)))]);
  }
  const [created, changed] = [false, true].map((was) => differing.filter(({ n }) => present.has(n) === was).map(({ n }) => String(n)));
  return { created: created as string[], changed: changed as string[] };
}

/** What lines say, whatever their order. */
function contents(lines: readonly LineRow[]): string {
  return lines
    .map(({ category, project_id, work_item_id, fraction, source }) =>
      JSON.stringify([category, project_id, work_item_id, fraction, source]),
    )
    .sort()
    .join('\n');
}

function tableRows({ subject, week, lines }: WeekRows): Record<string, unknown>[] {
  return lines.map((line, index) => ({ week_start: week, line: index + 1, [subject.column]: subject.id, ...line }));
}
