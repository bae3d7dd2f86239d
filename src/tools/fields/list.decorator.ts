import { field, schemaOf } from '../../mcp';
import type { JsonSchema } from '../../mcp';
import { described, FieldOptions } from './rule';

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

const ID_NAME: JsonSchema = { type: 'object', properties: { id: TEXT, name: TEXT }, required: ['id', 'name'], additionalProperties: false };

/** Id and name of another row: `{id, name}`; outputs only. */
export function Ref(description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({ schema: { ...ID_NAME, ...described(description) }, optional });
}
