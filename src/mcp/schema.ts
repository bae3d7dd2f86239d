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
export function validate<T extends object>(type: Type<T>, given: unknown, again = callAgain): T {
  if (given !== undefined && !isObject(given)) {
    throw new ToolError('VALIDATION', 'The arguments must be one JSON object.', { details: { fields: [] } });
  }
  const { instance, problems } = read(type, given ?? {}, '');
  if (problems.length === 0) return instance;
  for (const [name, { scenario }] of fieldsOf(type))
    if (scenario !== undefined && ((given ?? {}) as Record<string, unknown>)[name] === undefined) throw scenarioRequired(name, scenario);
  const shown = problems.slice(0, SHOWN_PROBLEMS);
  throw new ToolError('VALIDATION', shown.map(({ problem }) => problem).join(' '), {
    hint: [...findingTools(shown), again(type)].join(' '),
    retryable: true,
    details: { fields: shown.map(({ field, problem }) => ({ field, problem })) },
  });
}

function callAgain(type: Type<object>): string {
  return `Call again with the arguments corrected. Allowed: ${[...fieldsOf(type).keys()].join(', ') || 'none'}.`;
}

/** A name where an id belongs is the commonest mistake: whoever makes it is told who knows the id. */
function findingTools(problems: readonly Problem[]): string[] {
  return problems.flatMap(({ field, find }) => (find === undefined ? [] : [`Find ${field} with ${find}.`]));
}

const WITHOUT_SCENARIO = {
  changed: 'Changes are made in a scenario, never in live data',
  read: 'This is asked about a scenario',
} as const;

/** Whoever leaves it out has to hear how one is got. */
function scenarioRequired(field: string, use: keyof typeof WITHOUT_SCENARIO): ToolError {
  return new ToolError('SCENARIO_REQUIRED', `${WITHOUT_SCENARIO[use]}: ${field} is required.`, {
    hint: 'Make one with create_scenario or find one with list_scenarios, and pass its id.',
    retryable: true,
    details: { fields: [{ field, problem: 'is required' }] },
  });
}

interface Problem {
  readonly field: string;
  readonly problem: string;
  readonly find?: string;
}

/** @param path where the object stands in the arguments, such as `filters[0].` */
function read<T extends object>(type: Type<T>, given: object, path: string): { instance: T; problems: Problem[] } {
  const present = Object.entries(given).filter(([, value]) => value !== '');
  const fields = fieldsOf(type);
  const problems = unknownArguments(fields, present, path);
  const instance = new type();
  // What is not a field never reaches the instance: a member called constructor would change what it is an instance of.
  for (const [name, value] of present) {
    const inner = fields.get(name)?.inner;
    const below = (one: unknown, at: string): unknown => {
      if (inner === undefined || !isObject(one)) return one;
      const made = read(inner.type(), one, `${at}.`);
      problems.push(...made.problems);
      return made.instance;
    };
    const at = `${path}${name}`;
    const made = inner?.list ? each(value, (one, index) => below(one, `${at}[${index}]`)) : below(value, at);
    if (fields.has(name)) Object.assign(instance, { [name]: made });
  }
  const broken = flatten(validateSync(instance, { stopAtFirstError: false, forbidUnknownValues: false }), fields, path);
  return { instance, problems: [...problems, ...broken] };
}

/** A list that is none is left for the field's own rule to refuse. */
function each(value: unknown, make: (one: unknown, index: number) => unknown): unknown {
  return Array.isArray(value) ? value.map(make) : value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How much of what is wrong is repeated to the model: the first problems, and the first characters of a name. */
const SHOWN_PROBLEMS = 20;
const SHOWN_NAME = 60;

function unknownArguments(fields: ReadonlyMap<string, FieldSpec>, present: [string, unknown][], path: string): Problem[] {
  return present
    .map(([name]) => name)
    .filter((name) => !fields.has(name))
    .map((name) => `${path}${name.slice(0, SHOWN_NAME)}`)
    .map((name) => ({ field: name, problem: `There is no argument "${name}".` }));
}

function flatten(errors: ValidationError[], fields: ReadonlyMap<string, FieldSpec>, path: string): Problem[] {
  return errors.flatMap(({ property, value, constraints }) => {
    const field = `${path}${property}`;
    const [text] = Object.values(constraints ?? {});
    if (text === undefined) return [];
    // The rule's sentence begins with the bare name of the property.
    const wanted = value === undefined ? text.replace(`${property} must`, `${property} is required and must`) : text;
    return [{ field, problem: `${path}${wanted.replace(/\.$/, '')}.`, find: fields.get(property)?.find }];
  });
}
