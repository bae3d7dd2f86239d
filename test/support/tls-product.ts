import { join } from 'node:path';
import { type Product, startProduct } from './product';
import { makeAuthority } from './tls-authority';
import { startTlsProxy } from './tls-proxy';
import { trustAuthority } from './tls-trust';

/** The built product as the internet sees it: behind a proxy that ends TLS, on https origins. */
export interface TlsProduct extends Product {
  /** What a client started as a program needs to find and trust it. */
  readonly clientEnvironment: Readonly<Record<string, string>>;
}

const DOMAIN = 'flowstate.localhost';

/**
 * While it runs, this process trusts its certificate, too. It counts rates by itself: the Redis of a test run is everybody's,
 * and the demo tenants' budget of registrations in an hour with it.
 */
export async function startTlsProduct(environment: Record<string, string> = {}): Promise<TlsProduct> {
  const authority = makeAuthority(DOMAIN);
  const proxy = await startTlsProxy(authority);
  const distrust = trustAuthority(authority.ca);
  const takeDown = async (): Promise<void> => {
    distrust();
    await proxy.close();
    authority.remove();
  };
  const baseDomain = `${DOMAIN}:${proxy.port}`;
  const settings = { BASE_DOMAIN: baseDomain, TRUST_PROXY: '127.0.0.1,::1', REDIS_URL: '', ...environment };
  const product = await startProduct(settings).catch(async (error) => {
    await takeDown();
    throw error;
  });
  proxy.forwardTo(product.port);
  return {
    ...product,
    port: proxy.port,
    origin: (slug) => `https://${slug === undefined ? '' : `${slug}.`}${baseDomain}`,
    clientEnvironment: {
      NODE_EXTRA_CA_CERTS: authority.caFile,
      NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'tls-localhost.cjs'))}`,
    },
    stop: async () => {
      await takeDown();
      await product.stop();
    },
  };
}
