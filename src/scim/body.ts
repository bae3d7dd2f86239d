import type { FastifyRequest } from 'fastify';
import { ScimError } from './scim-error';
import { isObject, type Operation } from './user-changes';

/** Bytes of the longest request: a group of some tens of thousands of members. */
export const BODY_LIMIT = 4 * 1024 * 1024;
const MAX_OPERATIONS = 1_000;

/** The JSON object of a request, whatever its media type calls itself: directories send application/json, too. */
export function bodyOf(request: FastifyRequest): Record<string, unknown> {
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

/** Operations of a PATCH. Members and words are taken in any case, as Entra writes them. */
export function operationsOf(request: FastifyRequest): Operation[] {
  const body = Object.entries(bodyOf(request)).find(([name]) => name.toLowerCase() === 'operations')?.[1];
  if (!Array.isArray(body) || body.length === 0) throw new ScimError(400, 'A PATCH needs Operations.', 'invalidSyntax');
  if (body.length > MAX_OPERATIONS) throw new ScimError(400, `A PATCH has at most ${MAX_OPERATIONS} operations.`, 'tooMany');
  return body.map((one: unknown): Operation => {
    if (!isObject(one)) throw new ScimError(400, 'An operation is no object.', 'invalidSyntax');
    const op = typeof one['op'] === 'string' ? one['op'].toLowerCase() : '';
    if (op !== 'add' && op !== 'replace' && op !== 'remove')
      throw new ScimError(400, 'An operation is add, replace or remove.', 'invalidSyntax');
    const path = one['path'];
    if (path !== undefined && path !== null && typeof path !== 'string') throw new ScimError(400, 'A path is a text.', 'invalidPath');
    return { op, value: one['value'], ...(path && { path }) };
  });
}
