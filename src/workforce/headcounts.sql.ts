/** What is counted (migrations/headcounts): everybody until a day, or people by team or job role on it. */
type Counted = 'started' | 'left' | 'on_notice' | 'team' | 'job_role';

/** The CTE that all below need: the last day until `clock.day` for which counts are kept. */
export const CHECKPOINT = `checkpoint as materialized (
    select coalesce(max(c.day), '-infinity') as day from headcount_checkpoint c where c.org_id = $1 and c.day <= (select day from clock)
  )`;

/** Rows (kind, key, people) of which there may be several of a kind and key: together they are the people on `clock.day`. `of` is SQL that restricts the keys. */
export const counts = (counted: readonly Counted[], of = (_key: string): string => ''): string => `
      select l.kind, l.key, l.people from headcount_level l
      where l.org_id = $1 and l.kind in ('${counted.join(`', '`)}') and l.day = (select day from checkpoint)${of('l.key')}
      union all
      select s.kind, s.key, s.people from headcount_step s
      where s.org_id = $1 and s.kind in ('${counted.join(`', '`)}') and s.day > (select day from checkpoint) and s.day <= (select day from clock)${of('s.key')}`;

/** (id, people), by team or job role; who has nobody may be missing. With a query of ids only theirs are read. */
export const headcounts = (counted: 'team' | 'job_role', ids?: string): string =>
  `select h.key as id, sum(h.people) as people from (${counts([counted], (key) => (ids === undefined ? '' : ` and ${key} = any (array(${ids}))`))}) h group by h.key`;

const sum = (counted: Counted): string => `coalesce(sum(h.people) filter (where h.kind = '${counted}'), 0)`;

/** How many people are employed on the day: a query of one number. */
export const EMPLOYED = `select ${sum('started')} - ${sum('left')} from (${counts(['started', 'left'])}) h`;

/** The people of an organization by how they stand to it on the day, as JSON. */
export const STAFF = `select json_build_object(
        'employed', ${sum('started')} - ${sum('left')},
        'onNotice', ${sum('on_notice')},
        'departed', ${sum('left')},
        'future', (select coalesce(sum(s.people), 0) from headcount_step s where s.org_id = $1 and s.kind = 'started' and s.day > (select day from clock)))
      from (${counts(['started', 'left', 'on_notice'])}) h`;
