import type { CallContext } from '../../access';
import { dayAfter } from '../days';
import { DESCRIPTIVE_COLUMNS, type Entity, SILENT_COLUMNS } from '../entities';
import { COUNTED, deletedSubjects, subjectColumns, subjectOf } from '../subjects.sql';
import type { Change, Draft } from './draft';

/** A row that heads, FTE or costs depend on: whose, from when to when, and what else of it makes a difference, as text. */
interface Row {
  readonly id: string;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly rest: string;
}

interface Terms {
  readonly from: string;
  readonly to: string;
  readonly milliFte: number;
}

export interface Subject {
  readonly id: string;
  /** Of an employee, on days of employment. */
  readonly terms: readonly Terms[];
  /** Rows of cost_segment from today on, as JSON; none for who may not see them. */
  readonly costs: string;
}

/** What rows are about, as the scenario is at a moment. */
export interface Sight {
  /** Those looked for; undefined where there is none. */
  readonly rows: ReadonlyMap<string, Row | undefined>;
  readonly subjects: readonly Subject[];
}

const UNCOUNTED = [...SILENT_COLUMNS, ...DESCRIPTIVE_COLUMNS, 'start_date', 'effective_from', 'effective_date', 'target_start_date']
  .concat('end_date', 'effective_to')
  .map((column) => `'${column}'`)
  .join(', ');

const rowsOf = (entity: Entity): string => `
    select x.id, ${subjectOf(entity)} as subject, to_jsonb(x) as row from ${entity} x where x.org_id = $1 and x.id = any ($2)`;

/** Heads and FTE of the subject `s`. */
const TERMS = `
      select json_build_object('from', greatest(e.start_date, t.effective_from), 'to', least(coalesce(e.end_date, 'infinity'), coalesce(t.effective_to, 'infinity')),
        'milliFte', (t.contracted_fte * 1000)::integer) as term
      from employee e join employment_terms t on t.org_id = $1 and t.employee_id = e.id where e.org_id = $1 and e.id = s.id`;

/** Each subject's by itself: a scenario that the planner knows nothing of is one row for it, and it would read all of its segments. */
const COSTS = `
      select c.* from cost_segment c where $7 and c.org_id = $1 and c.split = 'team' and c.subject_id = s.id and c.to_day >= $6 offset 0`;

/** Vacancies cost while who fills them is not there. */
const FILLED = `
      select v.id from vacancy v where v.org_id = $1 and v.filled_by_employee_id = w.id
      union all select v.id from vacancy v where v.org_id = $1 and v.filled_by_contractor_id = w.id offset 0`;

/** $1 organization · $2 rows · $3 whom they are about, besides those that can be told from them · $4 scenario · $5 rows that it brings back · $6 today · $7 whether costs are read */
const look = (entities: readonly Entity[]): string => `
  with touched as materialized (${entities.map(rowsOf).join('\n    union all')}),
  whom as materialized (
    select subject as id from touched union select unnest($3::text[])
    union select d.subject from (${deletedSubjects('$4', '$5::text[]')}) d where cardinality($5::text[]) > 0 and d.subject is not null),
  subject as materialized (select id from whom union select v.id from whom w cross join lateral (${FILLED}) v)
  select
    (select coalesce(json_agg(json_build_object('id', t.id, 'subject', t.subject, 'rest', (t.row - array[${UNCOUNTED}])::text,
      'from', coalesce(t.row->>'start_date', t.row->>'effective_from', t.row->>'effective_date', t.row->>'target_start_date'),
      'to', coalesce(t.row->>'end_date', t.row->>'effective_to', 'infinity'))), '[]') from touched t) as rows,
    (select coalesce(json_agg(json_build_object('id', s.id, 'terms', (select coalesce(json_agg(x.term), '[]') from (${TERMS}) x),
      'costs', (select coalesce(jsonb_agg(x), '[]')::text from (${COSTS}) x))), '[]') from subject s) as subjects`;

/** What the changes of a step are about, before they are written; costs as they were before the call. */
export function before({ ctx, planId, today, changes }: Draft, costs: boolean): Promise<Sight> {
  const made = changes.filter(({ op, entity }) => op === 'create' && COUNTED.includes(entity)).map(subjectOfNew);
  const restored = changes.filter(({ op }) => op === 'restore').map(({ entityId }) => entityId);
  return sight(ctx, changes, [made, planId, restored, today, costs]);
}

/** The same of all steps, and of these subjects, once everything is written. */
export function after({ ctx, planId, today }: Draft, changes: readonly Change[], subjects: readonly string[]): Promise<Sight> {
  return sight(ctx, changes, [subjects, planId, [], today, false]);
}

async function sight({ db, orgId }: CallContext, changes: readonly Change[], asked: readonly unknown[]): Promise<Sight> {
  const counted = changes.filter(({ entity }) => COUNTED.includes(entity));
  if (counted.length === 0) return { rows: new Map(), subjects: [] };
  const entities = [...new Set(counted.map(({ entity }) => entity))].sort();
  const ids = [...new Set(counted.map(({ entityId }) => entityId))];
  const [{ rows, subjects }] = await db.query<[{ rows: Row[]; subjects: Subject[] }]>(look(entities), [orgId, ids, ...asked]);
  const found = new Map(rows.map((row) => [row.id, row]));
  return { rows: new Map(ids.map((id) => [id, found.get(id)])), subjects };
}

function subjectOfNew({ entity, entityId, patch }: Change): string {
  const [subject] = subjectColumns(entity).flatMap((column) => (typeof patch[column] === 'string' ? [patch[column]] : []));
  return subject ?? entityId;
}

/** The first day, from today on, on which everybody whom a step is about has begun to differ. */
export function dayOf(today: string, was: Sight, is: (id: string) => Row | undefined): string {
  const first = new Map<string, string>();
  for (const [id, row] of was.rows) {
    const now = is(id);
    const subject = (row ?? now)?.subject;
    const day = differsFrom(row, now);
    if (subject !== undefined && day !== undefined) first.set(subject, earlier(first.get(subject) ?? day, day));
  }
  return [today, ...first.values()].reduce((a, b) => (a > b ? a : b));
}

function differsFrom(was: Row | undefined, is: Row | undefined): string | undefined {
  if (was === undefined || is === undefined) return (was ?? is)?.from;
  if (was.rest !== is.rest || was.from !== is.from) return earlier(was.from, is.from);
  return was.to === is.to ? undefined : dayAfter(earlier(was.to, is.to));
}

const earlier = (a: string, b: string): string => (a < b ? a : b);
