import { MOUNTS } from '../access';
import { OAuthError } from './oauth-error';

const PATHS = new Set(['', ...MOUNTS.map(({ path }) => path)]);

/**
 * Checks an RFC 8707 `resource` parameter. All mounts of a host are one resource: any of them, with or without a
 * trailing slash, or the bare origin, means the one audience that tokens get.
 */
export function checkResource(resource: string | undefined, issuer: string): void {
  if (resource === undefined) return;
  const url = URL.canParse(resource) ? new URL(resource) : undefined;
  const plain =
    url !== undefined && url.search === '' && url.hash === '' && url.username === '' && url.password === '' && !resource.includes('#');
  if (!plain || url.origin !== issuer || !PATHS.has(url.pathname.replace(/\/$/, ''))) {
    throw new OAuthError('invalid_target', 'The resource is not served here.');
  }
}
