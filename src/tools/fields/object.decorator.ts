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

/** A list of objects within an input. */
export function Parts(type: () => Type<object>, description: string, { most }: { most: number }): PropertyDecorator {
  const holds = (value: unknown): boolean => Array.isArray(value) && value.length <= most && value.every(isObject);
  return field({
    schema: () => ({ type: 'array', items: schemaOf(type()), maxItems: most, description }),
    rules: [rule('parts', holds, `a list of at most ${most} objects`)],
    optional: true,
    inner: { type, list: true },
  });
}
