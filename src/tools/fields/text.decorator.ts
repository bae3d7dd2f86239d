import { field } from '../../mcp';
import { described, FieldOptions, rule } from './rule';

/** Control characters and halves of surrogate pairs have no place in a name, and PostgreSQL refuses NUL. */
const UNPRINTABLE = /\p{Cc}|\p{Cs}/u;

interface TextOptions extends FieldOptions {
  /** Longest text, in characters. */
  readonly max?: number;
  /** Of several lines. */
  readonly lines?: boolean;
}

/** Text of one line, or of several. How long it may be is said when it is longer: most is not, and a model pays for each word. */
export function Text(description?: string, { max = 200, optional, lines = false }: TextOptions = {}): PropertyDecorator {
  const holds = (value: unknown): boolean => isLine(lines && typeof value === 'string' ? value.replace(/\r?\n/g, ' ') : value, max);
  return field({
    schema: { type: 'string', ...described(description) },
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
