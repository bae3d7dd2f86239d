import { field, schemaOf } from '../../mcp';
import type { JsonSchema } from '../../mcp';
import { described, FieldOptions, rule } from './rule';
import { isLine } from './text.decorator';

type Class = abstract new () => object;

/** A class whose fields carry decorators, or a ready fragment such as `TEXT`. */
type Shape = (() => Class) | JsonSchema;

/** Items of a list of plain texts. */
export const TEXT: JsonSchema = { type: 'string' };

/** An object of an output; the class is named by a function, so that it may be declared later. */
export function Nested(type: () => Class, description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({ schema: () => ({ ...schemaOf(type()), ...described(description) }), optional });
}

/** A list in an output. */
export function ListOf(items: Shape, description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({
    schema: () => ({ type: 'array', items: typeof items === 'function' ? schemaOf(items()) : items, ...described(description) }),
    optional,
  });
}

/** A row that another one names. */
export interface IdName {
  id: string;
  name: string;
}

/** Items of a list of {@link IdName}. */
export const ID_NAME: JsonSchema = {
  type: 'object',
  properties: { id: TEXT, name: TEXT },
  required: ['id', 'name'],
  additionalProperties: false,
};

/** Id and name of another row: `{id, name}`; outputs only. */
export function Ref(description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({ schema: { ...ID_NAME, ...described(description) }, optional });
}

/** A list of texts within an input. */
export function Texts(description: string, { most, max, optional }: FieldOptions & { most: number; max: number }): PropertyDecorator {
  const holds = (value: unknown): boolean => Array.isArray(value) && value.length <= most && value.every((one) => isLine(one, max));
  return field({
    schema: { type: 'array', items: { ...TEXT, maxLength: max }, maxItems: most, description },
    rules: [rule('texts', holds, `a list of at most ${most} texts of 1 to ${max} characters`)],
    optional,
  });
}
