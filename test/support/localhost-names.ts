import dns from 'node:dns';

type Lookup = (hostname: string, options: dns.LookupOptions, callback: (...result: unknown[]) => void) => void;

/** Browsers resolve every *.localhost to this machine; the resolver of a bare Linux does not, so tests do it themselves. */
export function resolveLocalhostNames(): void {
  const original = dns.lookup as unknown as Lookup;
  const lookup: Lookup = (hostname, options, callback) => {
    if (!hostname.endsWith('.localhost') && hostname !== 'localhost') return original(hostname, options, callback);
    const done = typeof options === 'function' ? (options as unknown as typeof callback) : callback;
    if (typeof options === 'object' && options.all) return done(null, [{ address: '127.0.0.1', family: 4 }]);
    done(null, '127.0.0.1', 4);
  };
  Object.assign(dns, { lookup });
}
