import { rowsSource } from '../rows-source';
import { factsOf, stretches } from './stretches.sql';

const DAYS = `close_day as materialized (select distinct to_day as day from bucket)`;

const REPORTS = `reports as materialized (
    select d.day, s.manager_id, count(*) as people
    from close_day d join stretch s on s.resource_type = 'employee' and s.first <= d.day and s.last >= d.day
    where s.manager_id is not null group by d.day, s.manager_id
  )`;

/** Who manages whom on the last day of a bucket. */
export const SPANS = rowsSource({
  with: (wish) => [...stretches(wish), DAYS, REPORTS],
  from: () => `bucket b
    join stretch s on s.resource_type = 'employee' and s.first <= b.to_day and s.last >= b.to_day
    left join reports r on r.day = b.to_day and r.manager_id = s.employee_id`,
  dimensions: factsOf('s', 'resource_type', 'contractor'),
  measures: {
    people_managed: 'sum(r.people)',
    most_managed: 'max(r.people)',
    managers: 'count(r.people)',
    managed_and_managers: 'count(*)',
  },
});

/** Everybody's distance from the top, whose manager is nobody who is employed on the day. */
const RANKS = `ranks (day, employee_id, level) as (
    select d.day, s.employee_id, 1
    from close_day d
    join stretch s on s.resource_type = 'employee' and s.first <= d.day and s.last >= d.day
    left join stretch m on m.employee_id = s.manager_id and m.first <= d.day and m.last >= d.day
    where m.employee_id is null
    union all
    select r.day, s.employee_id, r.level + 1
    from ranks r join stretch s on s.manager_id = r.employee_id and s.resource_type = 'employee' and s.first <= r.day and s.last >= r.day
  )`;

export const LEVELS = rowsSource({
  with: (wish) => [...stretches(wish), DAYS, RANKS],
  from: () => `bucket b
    join ranks r on r.day = b.to_day
    join stretch s on s.employee_id = r.employee_id and s.first <= b.to_day and s.last >= b.to_day`,
  dimensions: factsOf('s', 'resource_type', 'contractor'),
  measures: { levels: 'max(r.level)' },
});
