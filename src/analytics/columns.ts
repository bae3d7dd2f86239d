import { type Column, PERIOD } from './query';
import type { Question } from './question';
import { dimension } from './vocabulary';

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
    ['', ...(comparison ? [`_${comparison.with}`, '_change'] : [])].map((suffix) => ({
      key: `${name}${suffix}`,
      type: unit === 'money' ? 'decimal' : 'number',
      unit,
      ...(unit === 'money' && { currency }),
    })),
  );
  return [...keys, ...values];
}
