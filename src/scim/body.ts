import type { FastifyRequest } from 'fastify';
import { type AttributePath, attributePath } from './attribute';
import { invalidValue, ScimError } from './scim-error';

/** Bytes of the longest request: a group of some tens of thousands of members. */
export const BODY_LIMIT = 4 * 1024 * 1024;
const MAX_OPERATIONS = 1_000;

/** One change of one attribute (RFC 7644 §3.5.2). */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: AttributePath;
  readonly value: unknown;
}

/** What a whole resource says (POST, PUT): it replaces what it names. */
export function wholeOf(request: FastifyRequest): Operation[] {
  return named('replace', bodyOf(request));
}

/** Operations of a PATCH, those without a path by what their value names. Members and words are taken in any case, as Entra writes them. */
export function operationsOf(request: FastifyRequest): Operation[] {
  const body = Object.entries(bodyOf(request)).find(([name]) => name.toLowerCase() === 'operations')?.[1];
  if (!Array.isArray(body) || body.length === 0) throw new ScimError(400, 'A PATCH needs Operations.', 'invalidSyntax');
  if (body.length > MAX_OPERATIONS) throw new ScimError(400, `A PATCH has at most ${MAX_OPERATIONS} operations.`, 'tooMany');
  return body.flatMap((one: unknown): Operation[] => {
    if (!isObject(one)) throw new ScimError(400, 'An operation is no object.', 'invalidSyntax');
    const op = typeof one['op'] === 'string' ? one['op'].toLowerCase() : '';
    if (op !== 'add' && op !== 'replace' && op !== 'remove')
      throw new ScimError(400, 'An operation is add, replace or remove.', 'invalidSyntax');
    const { path: text, value } = one;
    if (typeof text === 'string' && text !== '' && (op === 'remove' || !isSchema(text))) return [{ op, path: pathOf(text), value }];
    if (typeof text !== 'string' && text !== undefined && text !== null) throw new ScimError(400, 'A path is a text.', 'invalidPath');
    if (op === 'remove') throw new ScimError(400, 'A remove needs a path.', 'noTarget');
    if (!isObject(value)) throw invalidValue('An operation without a path needs an object as its value.');
    return named(op, value);
  });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON object of a request, whatever its media type calls itself: directories send application/json, too. */
function bodyOf(request: FastifyRequest): Record<string, unknown> {
  const content = request.body;
  if (content === 'too large') throw new ScimError(413, 'The request is longer than 4 MiB.');
  try {
    const body: unknown = JSON.parse((content as Buffer).toString('utf8'));
    if (isObject(body)) return body;
  } catch {
    // Answered below, as any other body that is no object.
  }
  throw new ScimError(400, 'The body is no JSON object.', 'invalidSyntax');
}

const isSchema = (name: string): boolean => /^urn:[\w.:-]+:2\.0:(?:User|Group)$/i.test(name);

/** Members of an object and of the extensions in it; Entra writes paths for names. What is no path is nothing that is known here. */
function named(op: Operation['op'], values: Readonly<Record<string, unknown>>): Operation[] {
  return Object.entries(values)
    .flatMap(([name, value]) => (!isSchema(name) ? [[name, value] as const] : isObject(value) ? Object.entries(value) : []))
    .flatMap(([name, value]) => {
      const path = attributePath(name);
      return path === undefined ? [] : [{ op, path, value }];
    });
}

function pathOf(text: string): AttributePath {
  const path = attributePath(text);
  if (path === undefined) throw new ScimError(400, 'A path is not understood.', 'invalidPath');
  return path;
}
