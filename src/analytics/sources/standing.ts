import type { Source } from '../declare';
import type { DimensionName } from '../dimensions';
import { stretches } from './stretches.sql';

interface Standing {
  /** A condition on the stretches `s`. */
  readonly of: string;
  /** The day of a bucket that counts. */
  readonly on: 'from_day' | 'to_day';
  readonly dimensions: Partial<Readonly<Record<DimensionName, string>>>;
  readonly measures: Readonly<Record<string, string>>;
}

/**
 * Who is here on a day of each bucket. Those who are here on the same ones of these days are added up first: a year of months
 * then takes hardly longer than one day.
 */
export function standing({ of, on, dimensions, measures }: Standing): Source {
  const sqlOf = (name: DimensionName): string => dimensions[name] as string;
  return {
    dimensions: Object.keys(dimensions) as DimensionName[],
    measures: Object.keys(measures),
    ctes: (name, wish) => {
      const groups = wish.dimensions.map((_, index) => `d${index}`);
      const columns = [
        ...groups.map((group, index) => `${sqlOf(wish.dimensions[index] as DimensionName)} as ${group}`),
        ...['here.since', 'here.until'],
        ...wish.measures.map((one) => `(${measures[one]})::numeric as ${one}`),
      ];
      const where = [of, 'here.since <= here.until', ...wish.conditions.map(({ field, holds }) => holds(sqlOf(field)))];
      return [
        ...stretches(wish),
        `days_of_${name} as materialized (select array_agg(distinct ${on} order by ${on}) as days from bucket)`,
        `here_of_${name} as materialized (
    select ${columns.join(', ')}
    from stretch s cross join days_of_${name} d
    cross join lateral (select width_bucket(s.first - 1, d.days) + 1 as since, width_bucket(s.last, d.days) as until) here
    where ${where.join(' and ')}
    group by ${[...groups, '', ''].map((_, index) => index + 1).join(', ')}
  )`,
        `of_${name} as (
    select b.series, b.n, ${[...groups.map((group) => `case when b.n > 0 then h.${group} end as ${group}`), ...wish.measures.map((one) => `sum(h.${one}) as ${one}`)].join(', ')}
    from days_of_${name} d cross join bucket b join here_of_${name} h on width_bucket(b.${on}, d.days) between h.since and h.until
    group by ${['', '', ...groups].map((_, index) => index + 1).join(', ')}
  )`,
      ];
    },
  };
}
