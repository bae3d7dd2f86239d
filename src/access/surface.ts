/** The parts of the MCP surface, which the gates, the rate-limit headers and the audit trail cover; the rest is web pages. */
export type Surface = 'protocol' | 'oauth' | 'discovery';

/** The mounts at which JSON-RPC is served; the first is the canonical one. */
export const MOUNTS = ['/api/mcp', '/api/mcp/protocol', '/mcp'] as const;
export type Mount = (typeof MOUNTS)[number];

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

/** The mount that a protocol URL belongs to; unknown sub-paths belong to the canonical one. */
export function mountOf(url: string): Mount {
  const path = normalise(url).replace(/\/$/, '');
  return MOUNTS.find((mount) => mount === path) ?? MOUNTS[0];
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
