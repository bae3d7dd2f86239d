import { field } from '../../mcp';
import { described, FieldOptions, rule } from './rule';

/** Control characters and halves of surrogate pairs have no place in a name, and PostgreSQL refuses NUL. */
const UNPRINTABLE = /\p{Cc}|\p{Cs}/u;

interface TextOptions extends FieldOptions {
  /** Longest text, in characters. */
  readonly max?: number;
}

/** One line of text. */
export function Text(description?: string, { max = 200, optional }: TextOptions = {}): PropertyDecorator {
  const holds = (value: unknown): boolean => isLine(value, max);
  return field({
    schema: { type: 'string', maxLength: max, ...described(description) },
    rules: [rule('text', holds, `text of 1 to ${max} characters without control characters`)],
    optional,
  });
}

export function isLine(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= max && !UNPRINTABLE.test(value);
}

/** Text that we send; outputs only, so nothing is checked. */
export function Words(description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({ schema: { type: 'string', ...described(description) }, optional });
}
