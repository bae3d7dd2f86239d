import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, Setting, SETTINGS } from './settings';

type Values = { readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never };
type Environment = Readonly<Record<string, string | undefined>>;

/** What the process was told, parsed once and frozen; injected, never read from the environment elsewhere. */
export class Config {
  readonly production: boolean;
  readonly demoData: boolean;
  /** Host (and port, where it is not 443) below which tenants live: `example.com` or `localhost:3000`. */
  readonly baseDomain: string;
  readonly secret: string;
  /** True where the base domain is this machine: plain http and cookies without Secure exist only then. */
  readonly loopback: boolean;

  private constructor(
    readonly set: Values,
    environment: Environment,
  ) {
    this.production = environment['NODE_ENV'] === 'production';
    this.baseDomain = (set.baseDomain || `localhost:${set.port}`).toLowerCase();
    this.loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(this.baseDomain);
    this.demoData = set.demoData ?? !this.production;
    if (this.production && set.demoData)
      throw new ConfigError('DEMO_DATA cannot be on in production: it creates accounts with a known password.');
    this.secret = set.secret || this.developmentSecret();
    if (this.secret.length < 32) throw new ConfigError('APP_SECRET must be at least 32 characters long.');
    Object.freeze(this);
  }

  static from(environment: Environment): Config {
    const entries = Object.entries(SETTINGS as Record<string, Setting<unknown>>).map(([key, one]) => {
      const given = environment[one.env];
      return [key, given === undefined || given === '' ? one.fallback : one.parse(given, one.env)];
    });
    return new Config(Object.freeze(Object.fromEntries(entries)) as Values, environment);
  }

  /** https everywhere but on this machine. */
  get scheme(): 'http' | 'https' {
    return this.loopback ? 'http' : 'https';
  }

  /** `https://acme.example.com`, or the bare host's origin without a slug. */
  origin(slug?: string): string {
    return `${this.scheme}://${slug === undefined ? '' : `${slug}.`}${this.baseDomain}`;
  }

  private developmentSecret(): string {
    if (this.production)
      throw new ConfigError('APP_SECRET is required in production: set it to at least 32 random characters, the same on all replicas.');
    const file = join(this.set.dataDir, 'secret');
    if (!existsSync(file)) {
      mkdirSync(this.set.dataDir, { recursive: true });
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
    }
    return readFileSync(file, 'utf8').trim();
  }
}
