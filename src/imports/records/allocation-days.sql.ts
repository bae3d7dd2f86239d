import type { EntityManager } from 'typeorm';
import type { ImportRun } from '../entity';
import { BrokenRule } from '../write-in-batches';
import type { Draft } from './record';

const OVERLAP = 'allocation_main_team_overlap';
const SUBJECTS = ['employee_id', 'contractor_id', 'vacancy_id', 'ai_agent_id'];

const days = (table: string): string =>
  `select x.start_date as first_day, x.end_date as last_day from ${table} x where x.org_id = $1 and x.id = w.subject_id`;

/**
 * $1 organization · $2 allocations of the batch, as they were read. Which of them is to a main team while another is, and which
 * has days on which whom it is of is not here; one without an end only where it begins too early or too late.
 */
const STRAY = `with incoming as materialized (
    select r.* from jsonb_to_recordset($2::jsonb) as r(line integer, employee_id text, contractor_id text, vacancy_id text, ai_agent_id text,
      target_team_id text, target_project_id text, start_date date)
  ),
  present as materialized (
    select i.line, a.*, (a.target_team_id, a.target_project_id, a.start_date) is not distinct from (i.target_team_id, i.target_project_id, i.start_date) as read
    from incoming i
    cross join lateral (${SUBJECTS.map(
      (column) => `
      select id, ${column} as subject_id, target_team_id, target_project_id, start_date, coalesce(end_date, 'infinity') as last_day, end_date, is_primary
      from allocation where org_id = $1 and ${column} = i.${column}`,
    ).join(' union all')}
      offset 0
    ) a
  )
  select w.line, w.is_primary and exists (
      select from present other where other.line = w.line and other.id <> w.id and other.is_primary
        and other.start_date <= w.last_day and other.last_day >= w.start_date
    ) as twice,
    coalesce(w.start_date < here.first_day or coalesce(w.end_date, w.start_date) > here.last_day, false) as away
  from present w
  left join lateral (${['employee', 'contractor', 'ai_agent'].map(days).join(' union all ')}) here on true
  where w.read`;

/** Nobody has two main teams at a time; whoever is allocated on days on which they are not here is told of. */
export async function checkDays(db: EntityManager, run: ImportRun, part: readonly Draft[]): Promise<readonly string[]> {
  const rows = part.map(({ line, columns }) => ({ line, ...columns }));
  const found = await db.query<{ line: number; twice: boolean; away: boolean }[]>(STRAY, [run.organization.id, JSON.stringify(rows)]);
  if (found.some(({ twice }) => twice)) throw new BrokenRule(OVERLAP);
  for (const { line, away } of found)
    if (away) run.warn(line, 'begins before the first day of who is allocated, or ends after the last: only the days between count');
  return [];
}
