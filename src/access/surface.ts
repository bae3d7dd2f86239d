import type { FastifyRequest } from 'fastify';

/** The parts of the MCP surface, which the gates, the rate-limit headers and the audit trail cover; the rest is web pages. */
export type Surface = 'protocol' | 'oauth' | 'discovery';

/** Parts of the catalogue that an address can limit a connection to. What is `core` belongs to each of them. */
export const TOOLSETS = ['core', 'people', 'work', 'finance', 'ai', 'scenarios', 'scenario_writes'] as const;
export type Toolset = (typeof TOOLSETS)[number];

/** What of the catalogue a request is offered. */
export interface Narrowing {
  readonly toolset?: Toolset;
  /** Only what reads, whatever else is offered. */
  readonly readOnly: boolean;
}

/** An address at which JSON-RPC is served. */
export interface Mount extends Narrowing {
  readonly path: string;
}

/** All of them, the canonical one first: `/api/mcp`, `/api/mcp/readonly`, `/api/mcp/x/people`, `/api/mcp/x/people/readonly`, … */
export const MOUNTS: readonly Mount[] = ['/api/mcp', '/api/mcp/protocol', '/mcp'].flatMap((root) =>
  [undefined, ...TOOLSETS].flatMap((toolset) => {
    const path = toolset === undefined ? root : `${root}/x/${toolset}`;
    return [
      { path, readOnly: false, ...(toolset && { toolset }) },
      { path: `${path}/readonly`, readOnly: true, ...(toolset && { toolset }) },
    ];
  }),
);

const BY_PATH: ReadonlyMap<string, Mount> = new Map(MOUNTS.map((mount) => [mount.path, mount]));

/**
 * Decides by a normalised path, so that no spelling of a gated path (encoded or double slashes, case, backslashes)
 * looks ungated. The router itself stays strict: an odd spelling reaches no handler, it is only refused like the rest.
 */
export function surfaceOf(url: string): Surface | undefined {
  const path = normalise(url);
  if (path.startsWith('/.well-known/')) return 'discovery';
  if (/^\/(?:api\/mcp\/)?oauth(?:\/|$)/.test(path)) return 'oauth';
  return /^\/(?:api\/)?mcp(?:\/|$)/.test(path) ? 'protocol' : undefined;
}

/** The mount that a request was routed to: by its route, so that no spelling of an address can mean another mount than the router's. */
export function mountOf({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): Mount {
  const mount = BY_PATH.get(routeOptions.url ?? '');
  if (mount === undefined) throw new Error(`${routeOptions.url} is no mount.`);
  return mount;
}

function normalise(url: string): string {
  let path = url.split(/[?#]/, 1)[0] ?? '';
  for (let round = 0; round < 2 && path.includes('%'); round += 1) path = decode(path);
  return path
    .replace(/\\/g, '/')
    .replace(/\/{2,}/g, '/')
    .toLowerCase();
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
