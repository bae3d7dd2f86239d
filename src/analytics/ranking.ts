import type { DimensionName } from './dimensions';
import type { Parameters } from './parameters';
import { PERIOD } from './query';
import type { Question, Threshold } from './question';
import { dimension } from './vocabulary';

const COMPARE: Readonly<Record<Threshold['op'], string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** The CTE `ranked`: the rows of `answer` with the names of their groups and their `place` in the order asked for. */
export function ranked(question: Question, dimensions: readonly DimensionName[], parameters: Parameters): string {
  const valueOf = (metric: string): string => `a.v${question.metrics.findIndex(({ name }) => name === metric)}`;
  const world = question.comparison?.with;
  const elsewhere = world === 'live' || world === 'scenario';
  const nameOf = (index: number): string => (elsewhere ? `coalesce(x${index}.name, o${index}.name)` : `x${index}.name`);
  const shown = dimensions.map((name, index) => (dimension(name).ids ? nameOf(index) : `a.d${index}`));
  const order = question.orderBy.flatMap(({ field, direction }) => {
    if (field === PERIOD) return [`a.n ${direction}`];
    const index = dimensions.indexOf(field as DimensionName);
    return index < 0 ? [`${valueOf(field)} ${direction} nulls last`] : [`${shown[index]} ${direction} nulls last`, `a.d${index}`];
  });
  const columns = [
    'a.*',
    ...shown.map((name, index) => `${name} as name${index}`),
    `row_number() over (order by ${[...order, 'a.n'].join(', ')}) as place`,
  ];
  const where = [
    question.splits.length > 0 ? 'a.n > 0' : 'a.n = 0',
    ...question.thresholds.map(({ metric, op, value }) => `${valueOf(metric)} ${COMPARE[op]} ${parameters.add(value, 'numeric')}`),
  ];
  return `ranked as (
    select ${columns.join(', ')}
    from answer a ${[...dimensions.map(namesOf), ...(elsewhere ? dimensions.map(otherNameOf) : [])].join(' ')}
    where ${where.join(' and ')}
  )`;
}

/** Joins the names of a dimension's groups as `x0`, `x1` … */
export function namesOf(name: DimensionName, index: number): string {
  const { ids } = dimension(name);
  if (!ids) return '';
  return `left join (select x.id, ${ids.name} as name from ${ids.table} x where x.org_id = $1) x${index} on x${index}.id = a.d${index}`;
}

/** Of groups that are only in the world that is compared with. */
function otherNameOf(name: DimensionName, index: number): string {
  if (!dimension(name).ids) return '';
  return `left join (select d${index} as id, max(name${index}) as name from other group by 1) o${index} on o${index}.id = a.d${index}`;
}
