/** One environment variable: how it is read, what it is without it, and the sentence that documents it (README table). */
export interface Setting<T> {
  readonly env: string;
  readonly fallback: T;
  readonly parse: (text: string, env: string) => T;
  readonly about: string;
}

/** A setting that cannot be used as given; the message tells the operator what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function setting<T>(env: string, fallback: T, parse: (text: string, env: string) => T, about: string): Setting<T> {
  return { env, fallback, parse, about };
}

const text = (value: string): string => value;
const list = (value: string): readonly string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function whole(value: string, env: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new ConfigError(`${env} takes a whole number, not "${value}".`);
  return number;
}

function flag(value: string, env: string): boolean {
  if (/^(1|true|on|yes)$/i.test(value)) return true;
  if (/^(0|false|off|no)$/i.test(value)) return false;
  throw new ConfigError(`${env} takes on or off, not "${value}".`);
}

/** Private-use redirect schemes of desktop MCP clients (RFC 8252 §7.1). */
const CLIENT_SCHEMES = ['cursor', 'vscode', 'vscode-insiders', 'windsurf', 'zed', 'claude', 'warp', 'kiro', 'antigravity'];

/** Every environment variable that Flowstate reads. The README table is generated from this list. */
export const SETTINGS = {
  port: setting('PORT', 3000, whole, 'Port to listen on.'),
  listenHost: setting('HOST', 'localhost', text, 'Address to listen on; 0.0.0.0 in a container.'),
  baseDomain: setting('BASE_DOMAIN', '', text, 'Domain below which each tenant is a subdomain. Default: localhost:PORT.'),
  dataDir: setting('DATA_DIR', './data', text, 'Folder of the embedded database and of the generated secret.'),
  databaseUrl: setting('DATABASE_URL', '', text, 'PostgreSQL (15 to 18) login for migrations and roles. Empty: the embedded database.'),
  databaseAppUrl: setting('DATABASE_APP_URL', '', text, 'Login of web, OAuth and imports. Default: flowstate_app at DATABASE_URL.'),
  databaseMcpUrl: setting('DATABASE_MCP_URL', '', text, 'Login of MCP calls. Default: flowstate_mcp at DATABASE_URL.'),
  databaseAuditUrl: setting('DATABASE_AUDIT_URL', '', text, 'Login of the audit trail. Default: flowstate_audit at DATABASE_URL.'),
  databasePool: setting(
    'DATABASE_POOL',
    10,
    whole,
    'Connections of each login. Calls of one tenant take half of them at once, those of one user a quarter.',
  ),
  redisUrl: setting('REDIS_URL', '', text, 'Redis for the rate limit of several replicas. Empty: counted in this process.'),
  secret: setting(
    'APP_SECRET',
    '',
    text,
    'Secret of at least 32 characters, the same on all replicas. Default outside production: generated in DATA_DIR.',
  ),
  demoData: setting<boolean | undefined>(
    'DEMO_DATA',
    undefined,
    flag,
    'Fill an empty database with demo tenants. Default: on, but never in production.',
  ),
  rateLimitPerMinute: setting('RATE_LIMIT_PER_MINUTE', 100, whole, 'MCP requests per user in any 60 seconds.'),
  scimRateLimitPerMinute: setting('SCIM_RATE_LIMIT_PER_MINUTE', 1_500, whole, 'SCIM requests per connection in any 60 seconds.'),
  allowedOrigins: setting('MCP_ALLOWED_ORIGINS', [], list, 'Browser origins that may call the MCP surface (comma separated).'),
  redirectDomains: setting(
    'MCP_REDIRECT_DOMAINS',
    [],
    list,
    'Hosts that OAuth redirects may go to. Empty: any https host, loopback and known schemes.',
  ),
  redirectSchemes: setting('MCP_REDIRECT_SCHEMES', CLIENT_SCHEMES, list, 'Private-use redirect schemes of desktop clients.'),
  trustProxy: setting('TRUST_PROXY', [], list, 'Addresses or CIDR ranges of proxies whose X-Forwarded-For and -Proto count.'),
  opsPort: setting('OPS_PORT', 0, whole, 'Port of /health/live, /health/ready and /metrics. 0: on PORT, where /metrics needs OPS_TOKEN.'),
  opsToken: setting('OPS_TOKEN', '', text, 'Bearer token of /metrics when it shares PORT. Empty: /metrics answers on OPS_PORT only.'),
  logLevel: setting('LOG_LEVEL', 'info', text, 'info (warnings, errors), debug (everything) or silent.'),
} satisfies Record<string, Setting<unknown>>;
