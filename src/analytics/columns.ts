import type { Column } from './query';
import { PERIOD, type Question } from './question';
import { dimension } from './vocabulary';

/** What a column of a comparison is called after its metric: the value then, and how much has changed since. */
const COMPARED = ['_before', '_change'];

export function columnsOf({ splits, metrics, comparison }: Question, currency: string): Column[] {
  const keys = splits.flatMap((split): Column[] => {
    if (split === PERIOD) return [{ key: PERIOD, type: 'date' }];
    if (!dimension(split).ids) return [{ key: split, type: 'text' }];
    return [
      { key: split, type: 'id' },
      { key: `${split}_name`, type: 'text' },
    ];
  });
  const values = metrics.flatMap(({ name, unit }): Column[] =>
    ['', ...(comparison ? COMPARED : [])].map((suffix) => ({
      key: `${name}${suffix}`,
      type: unit === 'money' ? 'decimal' : 'number',
      unit,
      ...(unit === 'money' && { currency }),
    })),
  );
  return [...keys, ...values];
}
