import type { DimensionName } from './dimensions';
import type { Source, Wish } from './declare';

/** A source whose measures are aggregates over rows. */
interface Rows {
  /** CTEs that the FROM clause reads, in order. */
  readonly with?: (wish: Wish) => readonly string[];
  /** FROM clause; its alias `b` is the bucket that a row belongs to. */
  readonly from: (wish: Wish) => string;
  /** SQL over the FROM clause, by dimension. */
  readonly dimensions: Partial<Readonly<Record<DimensionName, string>>>;
  /** Aggregates. */
  readonly measures: Readonly<Record<string, string>>;
  /** Of rows that hold money: what they are in, and the rate to the organization's currency, null where there is none. */
  readonly money?: { readonly currency: string; readonly rate: string };
  readonly newest?: Source['newest'];
}

export function rowsSource({ with: before, from, dimensions, measures, money, newest }: Rows): Source {
  const sqlOf = (name: DimensionName): string => dimensions[name] as string;
  const where = ({ conditions }: Wish, ...more: string[]): string => {
    const all = [...conditions.map(({ field, holds }) => holds(sqlOf(field))), ...more];
    return all.length > 0 ? `where ${all.join(' and ')}` : '';
  };
  return {
    dimensions: Object.keys(dimensions) as DimensionName[],
    measures: Object.keys(measures),
    ctes: (name, wish) => {
      const columns = [
        ...wish.dimensions.map((one, index) => `case when b.n > 0 then ${sqlOf(one)} end as d${index}`),
        ...wish.measures.map((one) => `(${measures[one]})::numeric as ${one}`),
      ];
      return [
        ...(before?.(wish) ?? []),
        `of_${name} as (
    select b.series, b.n, ${columns.join(', ')}
    from ${from(wish)}
    ${where(wish)}
    group by ${[1, 2, ...wish.dimensions.map((_, index) => index + 3)].join(', ')}
  )`,
      ];
    },
    ...(money && {
      leftOut: (name, wish) => [
        `left_out_of_${name} as (
    select 'FX_MISSING' as code, ${money.currency} as currency, count(*) as count, 'amounts' as of
    from ${from(wish)}
    ${where(wish, 'b.n = 0', `${money.rate} is null`)}
    group by ${money.currency}
  )`,
      ],
    }),
    ...(newest && { newest }),
  };
}
