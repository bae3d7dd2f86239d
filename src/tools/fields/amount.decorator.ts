import { field } from '../../mcp';
import { described, FieldOptions, rule } from './rule';

const DECIMAL = /^-?\d{1,14}(\.\d{1,4})?$/;
/** As a model needs it: how many digits is said when there are too many. */
const SHOWN_DECIMAL = '^-?\\d+(\\.\\d+)?$';
const CURRENCY = /^[A-Z]{3}$/;
const MOST_FTE = 10_000;

/** Money as a decimal string; the currency is a field beside it. Never a JSON number: those are binary fractions. */
export function Money(description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({
    schema: { type: 'string', pattern: SHOWN_DECIMAL, ...described(description) },
    rules: [rule('money', (value) => typeof value === 'string' && DECIMAL.test(value), 'an amount as a decimal string such as "1234.50"')],
    optional,
  });
}

/** An ISO 4217 code. */
export function Currency(description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({
    schema: { type: 'string', pattern: CURRENCY.source, ...described(description) },
    rules: [
      rule(
        'currency',
        (value) => typeof value === 'string' && CURRENCY.test(value),
        'a currency code of three capital letters such as EUR',
      ),
    ],
    optional,
  });
}

/** Full-time equivalents: above 0, at most three decimals. */
export function Fte(description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  const holds = (value: unknown): boolean =>
    typeof value === 'number' && value > 0 && value <= MOST_FTE && Number(value.toFixed(3)) === value;
  return field({
    schema: { type: 'number', exclusiveMinimum: 0, ...described(description) },
    rules: [rule('fte', holds, 'a number of full-time equivalents above 0 with at most three decimals')],
    optional,
  });
}

/** A whole number, 0 or more. */
export function Count(description?: string, { optional, most }: FieldOptions & { readonly most?: number } = {}): PropertyDecorator {
  const holds = (value: unknown): boolean =>
    Number.isSafeInteger(value) && (value as number) >= 0 && (most === undefined || (value as number) <= most);
  return field({
    schema: { type: 'integer', minimum: 0, ...(most !== undefined && { maximum: most }), ...described(description) },
    rules: [rule('count', holds, `a whole number, ${most === undefined ? '0 or more' : `0 to ${most}`}`)],
    optional,
  });
}

/** A number that was computed, 0 included; outputs only. */
export function Figure(description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({ schema: { type: 'number', ...described(description) }, optional });
}
