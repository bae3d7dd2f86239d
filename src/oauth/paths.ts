/** Where the OAuth endpoints live: the documented paths, and the short aliases that serve the same handlers. */
const MOUNTS = ['api/mcp/oauth', 'oauth'] as const;

export function oauthPaths(endpoint: string): string[] {
  return MOUNTS.map((mount) => `${mount}/${endpoint}`);
}

/** The address that metadata and our own forms name. */
export function endpointUrl(issuer: string, endpoint: string): string {
  return `${issuer}/${MOUNTS[0]}/${endpoint}`;
}
