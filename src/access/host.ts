import type { Config } from '../config';

/** Which host a request was sent to: a tenant's subdomain, or the host without a tenant in its name. */
export type RequestHost = { readonly kind: 'tenant'; readonly slug: string } | { readonly kind: 'bare' };

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads the raw Host header, which alone names the tenant (TEN-1: never X-Forwarded-Host, never a part of the path).
 *
 * @returns undefined for every host that is not ours to the letter (case aside): IPs, other ports, trailing dots
 */
export function parseHost(header: string | undefined, config: Config): RequestHost | undefined {
  const host = header?.toLowerCase();
  if (host === undefined) return undefined;
  if (host === config.baseDomain) return { kind: 'bare' };
  const suffix = `.${config.baseDomain}`;
  if (!host.endsWith(suffix)) return undefined;
  const slug = host.slice(0, -suffix.length);
  return LABEL.test(slug) ? { kind: 'tenant', slug } : undefined;
}
