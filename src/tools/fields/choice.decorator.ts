import { field } from '../../mcp';
import { described, FieldOptions, rule } from './rule';

interface ChoiceOptions extends FieldOptions {
  /** Shown in the schema; the property's initial value is what counts. */
  readonly byDefault?: string;
}

/** One of a closed list of words. */
export function OneOf(values: readonly string[], description?: string, { optional, byDefault }: ChoiceOptions = {}): PropertyDecorator {
  return field({
    schema: { type: 'string', enum: values, ...(byDefault !== undefined && { default: byDefault }), ...described(description) },
    rules: [rule('oneOf', (value) => values.includes(value as string), `one of ${values.join(', ')}`)],
    optional: optional || byDefault !== undefined,
  });
}

interface SomeOptions extends FieldOptions {
  readonly least?: number;
  readonly most: number;
}

/** Several of a closed list of words, each at most once. */
export function SomeOf(values: readonly string[], description: string, { least = 0, most, optional }: SomeOptions): PropertyDecorator {
  const holds = (value: unknown): boolean =>
    Array.isArray(value) &&
    value.length >= least &&
    value.length <= most &&
    new Set(value).size === value.length &&
    value.every((one) => values.includes(one as string));
  const wants = `a list of ${least} to ${most}, each once, of: ${values.join(', ')}`;
  return field({
    schema: { type: 'array', items: { type: 'string', enum: values }, minItems: least, maxItems: most, description },
    rules: [rule('someOf', holds, wants)],
    optional,
  });
}

interface FlagOptions extends FieldOptions {
  /** Shown in the schema; the property's initial value is what counts. */
  readonly byDefault?: boolean;
}

/** Yes or no. */
export function Flag(description?: string, { optional, byDefault }: FlagOptions = {}): PropertyDecorator {
  return field({
    schema: { type: 'boolean', ...(byDefault !== undefined && { default: byDefault }), ...described(description) },
    rules: [rule('flag', (value) => typeof value === 'boolean', 'true or false')],
    optional: optional || byDefault !== undefined,
  });
}
