// For NODE_OPTIONS=--require: what localhost-names.ts does for the tests' own process, for clients that are started as
// programs. Plain CommonJS because nothing compiles it there.
const dns = require('node:dns');

const { lookup } = dns;

dns.lookup = (hostname, options, callback) => {
  if (!hostname.endsWith('.localhost') && hostname !== 'localhost') return lookup(hostname, options, callback);
  const done = callback ?? options;
  if (options?.all) return done(null, [{ address: '127.0.0.1', family: 4 }]);
  done(null, '127.0.0.1', 4);
};
