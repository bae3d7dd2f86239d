import { Type } from '@nestjs/common';
import { validateSync, ValidationError } from 'class-validator';
import { ToolError } from '../access';
import { FieldSpec, fieldsOf, JsonSchema } from './field.decorator';

/** The closed object schema of a class whose properties carry field decorators. */
export function schemaOf(type: Function): JsonSchema {
  const fields = [...fieldsOf(type)];
  const properties = Object.fromEntries(fields.map(([name, { schema }]) => [name, typeof schema === 'function' ? schema() : schema]));
  const required = fields.filter(([, spec]) => !spec.optional).map(([name]) => name);
  return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false };
}

/** An input of a call that takes none. */
export class NoInput {}

/**
 * Arguments → a validated instance, or VALIDATION naming each field and what it wants. Strict: an unknown argument is
 * an error, because a model that misspells one must hear of it. An empty string means "not given".
 */
export function validate<T extends object>(type: Type<T>, given: unknown): T {
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given))) {
    throw new ToolError('VALIDATION', 'The arguments must be one JSON object.', { details: { fields: [] } });
  }
  const present = Object.entries(given ?? {}).filter(([, value]) => value !== '');
  const fields = fieldsOf(type);
  // What is not a field never reaches the instance: a member called constructor would change what it is an instance of.
  const known = Object.fromEntries(present.filter(([name]) => fields.has(name)));
  const instance = Object.assign(new type(), known);
  const broken = flatten(validateSync(instance, { stopAtFirstError: false, forbidUnknownValues: false }));
  const problems = [...unknownArguments(fields, present), ...broken].slice(0, SHOWN_PROBLEMS);
  if (problems.length === 0) return instance;
  throw new ToolError('VALIDATION', problems.map(({ problem }) => problem).join(' '), {
    hint: `Call again with the arguments corrected. Allowed: ${[...fields.keys()].join(', ') || 'none'}.`,
    retryable: true,
    details: { fields: problems },
  });
}

interface Problem {
  readonly field: string;
  readonly problem: string;
}

/** How much of what is wrong is repeated to the model: the first problems, and the first characters of a name. */
const SHOWN_PROBLEMS = 20;
const SHOWN_NAME = 60;

function unknownArguments(fields: ReadonlyMap<string, FieldSpec>, present: [string, unknown][]): Problem[] {
  return present
    .map(([name]) => name)
    .filter((name) => !fields.has(name))
    .map((name) => name.slice(0, SHOWN_NAME))
    .map((name) => ({ field: name, problem: `There is no argument "${name}".` }));
}

function flatten(errors: ValidationError[], parent = ''): Problem[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((text) => ({ field: path, problem: `${text.replace(/\.$/, '')}.` }));
    return [...own.slice(0, 1), ...flatten(error.children ?? [], path)];
  });
}
