import type { Wish } from '../declare';
import { rowsSource } from '../rows-source';
import { BUCKET_WEEKS } from '../buckets.sql';
import { factsOf, stretches } from './stretches.sql';
import { PROJECT } from './work';

/** The day whose facts describe somebody in a week: its Sunday, or the last day of who leaves in it. */
const DAY = 'least(l.week_start + 6, s.end_date)';

/** Share of a full-time week that the week of somebody is; an AI agent is always a whole one. */
const WEEK = `case when l.ai_agent_id is not null then 1
      else s.contracted_fte * greatest(least(l.week_start + 4, s.end_date) - greatest(l.week_start, s.start_date) + 1, 0) / 5 end`;

/** The lines of a bucket's weeks, with the facts of who worked; AI agents have none. */
export const effortLines = ({ window }: Wish): string => `bucket_week b
    join effort_line l on l.org_id = $1 and l.week_start = b.week_start and l.week_start >= ${window.from} and l.week_start <= ${window.to}
    left join stretch s on s.subject_id = l.subject_id and s.first <= ${DAY} and s.last >= ${DAY}
    left join project pr on pr.org_id = $1 and pr.id = l.project_id`;

export const effortTables = (wish: Wish): string[] => [...stretches(wish), BUCKET_WEEKS];

export const EFFORT_FACTS = {
  ...factsOf('s', 'resource_type'),
  ...PROJECT,
  resource_type: `case when l.ai_agent_id is not null then 'ai_agent' else s.resource_type end`,
  work_category: 'l.category',
};

/** Sunday of the last week that anybody handed in. */
export const NEWEST_EFFORT = ['effort', '(select max(week_start) + 6 from effort_line where org_id = $1)'] as const;

export const WORKED = rowsSource({
  with: effortTables,
  from: effortLines,
  dimensions: EFFORT_FACTS,
  measures: {
    worked_weeks: `sum(l.fraction * ${WEEK})`,
    project_weeks: `sum(l.fraction * ${WEEK}) filter (where l.category = 'project' and l.ai_agent_id is null)`,
  },
  newest: NEWEST_EFFORT,
});

const MONDAYS = (from: string, to: string): string =>
  `greatest((${to} - date '1899-01-02') / 7 - (${from} - 1 - date '1899-01-02') / 7, 0)`;

/**
 * Weeks that people have to hand in: those in which they are here on a weekday. A week belongs to the stretch that its Sunday is
 * in, or the last day of who leaves in it. Handed in is what the lines of a week sum to, which is 1.
 */
export const EXPECTED = rowsSource({
  with: stretches,
  from: () => `bucket b
    join stretch s on s.first - 6 <= b.last_monday and s.last >= b.from_day
    cross join lateral (
      select greatest(b.from_day, s.first - 6, s.start_date - 4) as first,
        least(b.last_monday, case when s.last >= s.end_date then s.end_date else s.last - 6 end) as last
    ) w`,
  dimensions: factsOf('s'),
  measures: { expected_weeks: `sum(${MONDAYS('w.first', 'w.last')})` },
});

export const HANDED_IN = rowsSource({
  with: effortTables,
  from: effortLines,
  dimensions: factsOf('s'),
  measures: { weeks_handed_in: 'sum(l.fraction) filter (where l.ai_agent_id is null and s.subject_id is not null)' },
  newest: NEWEST_EFFORT,
});
