import type { Type } from '@nestjs/common';
import { field, schemaOf } from '../../mcp';
import { rule } from './rule';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object within an input; its class says what it holds, and it is checked as strictly as the arguments themselves. */
export function Part(type: () => Type<object>, description: string): PropertyDecorator {
  return field({
    schema: () => ({ ...schemaOf(type()), description }),
    rules: [rule('part', isObject, 'an object')],
    optional: true,
    inner: { type, list: false },
  });
}

/** An object that somebody else checks. */
export function FreeObject(description: string): PropertyDecorator {
  return field({ schema: { type: 'object', description }, rules: [rule('object', isObject, 'an object')] });
}

/** A list of objects within an input; one that has to have some is not optional. */
export function Parts(
  type: () => Type<object>,
  description: string,
  { least = 0, most }: { readonly least?: number; readonly most: number },
): PropertyDecorator {
  const holds = (value: unknown): boolean => Array.isArray(value) && value.length >= least && value.length <= most && value.every(isObject);
  return field({
    schema: () => ({ type: 'array', items: schemaOf(type()), ...(least > 0 && { minItems: least }), maxItems: most, description }),
    rules: [rule('parts', holds, `a list of ${least > 0 ? `${least} to` : 'at most'} ${most} objects`)],
    optional: least === 0,
    inner: { type, list: true },
  });
}
