import { field } from '../../mcp';
import { described, FieldOptions, rule } from './rule';

const SHAPE = /^(19|20|21)\d\d-\d\d-\d\d$/;

/** A calendar day `YYYY-MM-DD` without a time zone, 1900 to 2199. */
export function DateOnly(description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({
    schema: { type: 'string', format: 'date', ...described(description) },
    rules: [rule('dateOnly', isDay, 'a date that exists, as YYYY-MM-DD, between 1900 and 2199')],
    optional,
  });
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !SHAPE.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value); // 2025-02-30 parses as 2 March
}

/** The day that an answer is about, by default today in the organization's time zone. */
export function AsOf(): PropertyDecorator {
  return DateOnly('Day; default today.', { optional: true });
}

/** Where a period of what happened begins. */
export function From(): PropertyDecorator {
  return DateOnly('First day; default: of the month three months before to.', { optional: true });
}

/** Where it ends. */
export function To(): PropertyDecorator {
  return DateOnly('Last day; default: today.', { optional: true });
}

/** A moment, RFC 3339 in UTC; outputs only. */
export function Moment(description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({ schema: { type: 'string', format: 'date-time', ...described(description) }, optional });
}
