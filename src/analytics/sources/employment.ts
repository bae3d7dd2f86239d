import type { Source } from '../declare';
import { employeeFacts } from './person';

function employedOn(day: string, measures: Source['measures']): Source {
  return {
    from: `bucket b join employee e on e.org_id = $1 and e.start_date <= ${day} and (e.end_date is null or e.end_date >= ${day})`,
    ...employeeFacts('e.id', day),
    measures,
  };
}

/** Who is employed on the last day of a bucket. */
export const EMPLOYED = employedOn('b.last', {
  headcount: 'count(*)',
  fte: { sql: 'sum(t.contracted_fte)', joins: ['terms'] },
});

/** Who is employed on its first day: what leavers are compared with. */
export const EMPLOYED_AT_START = employedOn('b.first', { opening_headcount: 'count(*)' });

/** Whose first day is in the bucket. */
export const JOINED: Source = {
  from: 'bucket b join employee e on e.org_id = $1 and e.start_date >= b.first and e.start_date <= b.last',
  ...employeeFacts('e.id', 'e.start_date'),
  measures: { joiners: 'count(*)' },
};

/** Whose last day is in the bucket. */
export const LEFT: Source = {
  from: 'bucket b join employee e on e.org_id = $1 and e.end_date >= b.first and e.end_date <= b.last',
  ...employeeFacts('e.id', 'e.end_date'),
  measures: { leavers: 'count(*)' },
};
