import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isObject } from './body';
import { ScimError } from './scim-error';
import { BASE, LIST_RESPONSE, MEDIA_TYPE } from './urns';

export type Resource = { readonly schemas: readonly string[]; readonly id: string; readonly meta: Record<string, unknown> } & Record<
  string,
  unknown
>;

/** Query of a list. */
export interface ListQuery {
  readonly filter?: string;
  readonly startIndex: number;
  readonly count: number;
}

const MOST = 200;

/** Weak, because it is of the content: the same person has the same tag in every form of JSON (RFC 7644 §3.14). */
export function versioned(resource: Resource): Resource {
  const version = `W/"${createHash('sha256').update(JSON.stringify(resource)).digest('base64url').slice(0, 22)}"`;
  return { ...resource, meta: { ...resource.meta, version } };
}

const versionOf = ({ meta }: Resource): string => String(meta['version']);

/** Refuses a change of what is no longer as its sender has seen it. */
export function mustMatch(request: FastifyRequest, resource: Resource): void {
  const wanted = request.headers['if-match'];
  if (wanted === undefined || tags(wanted).some((tag) => tag === '*' || tag === versionOf(resource))) return;
  throw new ScimError(412, 'The resource has changed since. Read it again.');
}

export function sendResource(request: FastifyRequest, reply: FastifyReply, resource: Resource, status = 200): void {
  const headers = { etag: versionOf(resource), location: String(resource.meta['location']), 'content-type': MEDIA_TYPE };
  const seen = request.method === 'GET' ? request.headers['if-none-match'] : undefined;
  if (seen !== undefined && tags(seen).includes(versionOf(resource)))
    return void reply.code(304).header('etag', versionOf(resource)).send();
  void reply
    .code(status)
    .headers(headers)
    .send(JSON.stringify(projected(shows(request), resource)));
}

export function sendList(
  request: FastifyRequest,
  reply: FastifyReply,
  resources: readonly Resource[],
  totalResults: number,
  startIndex: number,
): void {
  const shown = shows(request);
  const Resources = resources.map((resource) => projected(shown, resource));
  const list = { schemas: [LIST_RESPONSE], totalResults, startIndex, itemsPerPage: Resources.length, Resources };
  void reply.header('content-type', MEDIA_TYPE).send(JSON.stringify(list));
}

/** Values that make no sense mean the nearest that do (RFC 7644 §3.4.2.4). */
export function listQuery(request: FastifyRequest): ListQuery {
  const query = request.query as Record<string, unknown>;
  const whole = (value: unknown, fallback: number): number => (/^-?\d{1,9}$/.test(String(value)) ? Number(value) : fallback);
  const { filter } = query;
  if (filter !== undefined && typeof filter !== 'string') throw new ScimError(400, 'There is more than one filter.', 'invalidFilter');
  return {
    startIndex: Math.max(1, whole(query['startIndex'], 1)),
    count: Math.min(MOST, Math.max(0, whole(query['count'], 100))),
    ...(filter !== undefined && { filter }),
  };
}

/** Whether the answer shows a member at all, by its name in lower case; a group of thousands need not be read for its name. */
export function shows(request: FastifyRequest): (name: string) => boolean {
  const { attributes, excludedAttributes: excluded } = request.query as Record<string, unknown>;
  if (typeof attributes === 'string') {
    const wanted = new Set(names(attributes).map((one) => one.split('.')[0]));
    return (name) => wanted.has(name);
  }
  const hidden = new Set(typeof excluded === 'string' ? names(excluded) : []);
  return (name) => !hidden.has(name);
}

export function locationOf(request: FastifyRequest, type: 'Users' | 'Groups', id: string): string {
  return `${request.access.issuer}${BASE}/${type}/${id}`;
}

const ALWAYS = new Set(['schemas', 'id', 'meta']);

function projected(shown: (name: string) => boolean, resource: Resource): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resource).flatMap(([key, value]) => {
      if (ALWAYS.has(key) || shown(key.toLowerCase())) return [[key, value]];
      // An extension is asked for by its members, too.
      const inner = key.startsWith('urn:') && isObject(value) ? Object.entries(value).filter(([name]) => shown(name.toLowerCase())) : [];
      return inner.length > 0 ? [[key, Object.fromEntries(inner)]] : [];
    }),
  );
}

function names(list: string): string[] {
  return list.split(',').map((name) =>
    name
      .trim()
      .replace(/^urn:.*:2\.0:(?:User|Group):/i, '')
      .toLowerCase(),
  );
}

function tags(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
