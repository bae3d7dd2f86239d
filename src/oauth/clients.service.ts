import { Injectable } from '@nestjs/common';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Database } from '../database';
import { OAuthError } from './oauth-error';
import { newClientId, newClientSecret, secretHash } from './secret-values';

export type AuthMethod = 'client_secret_post' | 'none';

export interface OAuthClient {
  readonly id: string;
  readonly realm: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly authMethod: AuthMethod;
}

export interface NewClient {
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly authMethod: AuthMethod;
}

/** Shown once, in the registration reply; only the secret's hash is stored. */
export interface RegisteredClient {
  readonly id: string;
  readonly secret?: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

interface Row {
  id: string;
  realm: string;
  name: string;
  secret_hash: Buffer | null;
  redirect_uris: string[];
  auth_method: AuthMethod;
}

const UNUSED_DAYS = 90;
const FIND = 'select id, realm, name, secret_hash, redirect_uris, auth_method from platform.oauth_client where realm = $1 and id = $2';
const INSERT = `insert into platform.oauth_client (id, realm, name, secret_hash, redirect_uris, auth_method, created_ip)
  values ($1, $2, $3, $4, $5, $6, $7) returning floor(extract(epoch from created_at))::bigint as issued_at`;
const FORGET = `delete from platform.oauth_client c where realm = $1
  and coalesce(last_used_at, created_at) < clock_timestamp() - interval '${UNUSED_DAYS} days'
  and not exists (select from platform.oauth_grant g where g.realm = c.realm and g.client_id = c.id)`;
/** Compared with where there is nothing to compare, so that an unknown client costs what a wrong secret costs (TOK-2). */
const NO_SECRET = randomBytes(32);

/** OAuth clients, each of one realm: acme's client does not exist at globex (DCR-13). */
@Injectable()
export class ClientsService {
  constructor(private readonly database: Database) {}

  async register(realm: string, client: NewClient, ip: string): Promise<RegisteredClient> {
    const id = newClientId();
    const secret = client.authMethod === 'none' ? undefined : newClientSecret();
    const values = [id, realm, client.name, secret === undefined ? null : secretHash(secret), client.redirectUris, client.authMethod, ip];
    const [row] = await this.database.app({ realm }, (db) => db.query<{ issued_at: number }[]>(INSERT, values));
    return { id, secret, issuedAt: row!.issued_at };
  }

  async find(realm: string, id: string): Promise<OAuthClient | undefined> {
    const row = await this.load(realm, id);
    return row && clientOf(row);
  }

  /**
   * The client that proves to be itself, by the method it registered and no other.
   *
   * @throws OAuthError invalid_client, the same for an unknown client, another realm's, and a wrong secret
   */
  async authenticate(realm: string, id: string | undefined, secret: string | undefined): Promise<OAuthClient> {
    const row = id === undefined ? undefined : await this.load(realm, id);
    const right = timingSafeEqual(secretHash(secret ?? ''), row?.secret_hash ?? NO_SECRET);
    const proven = row?.auth_method === 'none' ? secret === undefined : right;
    if (!row || !proven)
      throw new OAuthError('invalid_client', 'The client is unknown here, or did not authenticate the way it registered.');
    return clientOf(row);
  }

  /** Removes clients that nobody ever connected, and those unused for 90 days that hold no grant (DCR-10). */
  async forgetUnused(realm: string): Promise<void> {
    await this.database.app({ realm }, (db) => db.query(FORGET, [realm]));
  }

  private async load(realm: string, id: string): Promise<Row | undefined> {
    if (!/^mcp_[0-9a-f]{32}$/.test(id)) return undefined;
    const [row] = await this.database.app({ realm }, (db) => db.query<Row[]>(FIND, [realm, id]));
    return row;
  }
}

function clientOf(row: Row): OAuthClient {
  return { id: row.id, realm: row.realm, name: row.name, redirectUris: row.redirect_uris, authMethod: row.auth_method };
}
