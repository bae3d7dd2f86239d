import { DataSource } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions';
import { Config, deriveKey } from '../config';
import { exclusivePool, Session } from './exclusive-pool';
import { MIGRATIONS } from './migrations';
import { Login, ROLES } from './roles';
import { ServerClient } from './server-client';
import { pgTypes } from './types';

/**
 * Of every run-time session. Times in milliseconds; wire.md §4 gives a tool call's statement 5 s, and PGlite knows no such
 * limits. Without jit: compiling a large statement took 1.1 s of the 1.3 s that get_organization_context needed on
 * 100,000 people (docs/adr/0013).
 */
export const SESSION = '-c statement_timeout=5000 -c idle_in_transaction_session_timeout=15000 -c lock_timeout=4000 -c jit=off';

/** Milliseconds until an idle connection is closed: one that is new has to read the catalogue and plan what it is asked, which takes up to 100 ms. */
const IDLE = 600_000;

/** Milliseconds that somebody waits for a connection. */
export const CONNECT_TIMEOUT = 5_000;

/** Where the data is: a server by URL, or the one embedded session. */
export type Place = { kind: 'server'; url: string } | { kind: 'embedded'; session: Session };

const COMMON = {
  type: 'postgres',
  installExtensions: false,
  logging: false,
  migrationsTableName: 'migration',
} as const;

/** The DataSource that migrates: the DATABASE_URL login acting as the owner of all tables. */
export function migrationSource(place: Place): DataSource {
  const base = { ...COMMON, schema: 'platform', migrations: MIGRATIONS, poolSize: 1 };
  return new DataSource(
    place.kind === 'embedded'
      ? embedded(base, place.session, ROLES.owner)
      : { ...base, url: place.url, extra: { options: `-c role=${ROLES.owner}` } },
  );
}

/** The DataSource of a run-time login: a pool and its query runners; rows are read and written by SQL. */
export function runtimeSource(config: Config, place: Place, login: Login): DataSource {
  const base = { ...COMMON, poolSize: config.set.databasePool, connectTimeoutMS: CONNECT_TIMEOUT, applicationName: ROLES[login] };
  if (place.kind === 'embedded') return new DataSource(embedded(base, place.session, ROLES[login]));
  const url = configured(config, login) || loginUrl(config, place.url, login);
  return new DataSource({ ...base, url, extra: { Client: ServerClient, types: pgTypes, options: SESSION, idleTimeoutMillis: IDLE } });
}

/** DATABASE_URL with the login's own name and password in it. */
function loginUrl(config: Config, url: string, login: Login): string {
  const own = new URL(url);
  own.username = ROLES[login];
  own.password = loginPassword(config, login);
  return own.toString();
}

/** Derived, so that replicas agree and nothing has to be stored; set when the role is created. */
export function loginPassword(config: Config, login: Login): string {
  return deriveKey(config.secret, `database login ${login}`).toString('hex');
}

function configured(config: Config, login: Login): string {
  return { app: config.set.databaseAppUrl, mcp: config.set.databaseMcpUrl, audit: config.set.databaseAuditUrl }[login];
}

function embedded(base: object, session: Session, user: string): PostgresDataSourceOptions {
  return { ...base, type: 'postgres', driver: exclusivePool(session), extra: { user } };
}
