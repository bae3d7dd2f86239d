import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database';
import type { AuthorizationRequest } from './authorization-request';
import { newSecret, secretHash } from './secret-values';

/** An authorization that waits for its user: kept on the server, known to the browser by a random id. */
export interface PendingRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly scopes: readonly string[];
  readonly narrowed: boolean;
  readonly codeChallenge: string;
  readonly resource: string | undefined;
  /** Hash of the cookie of the browser that started it; no other browser may go on with it (CONS-4). */
  readonly binding: Buffer;
  readonly decided: boolean;
}

interface Row {
  client_id: string;
  redirect_uri: string;
  state: string | null;
  scopes: string[];
  narrowed: boolean;
  code_challenge: string;
  resource: string | null;
  session_hash: Buffer;
  decided: boolean;
}

const INSERT = `insert into platform.authorization_request
  (id_hash, realm, client_id, redirect_uri, state, scopes, narrowed, code_challenge, resource, session_hash, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp() + interval '30 minutes')`;
const FIND = `select client_id, redirect_uri, state, scopes, narrowed, code_challenge, resource, session_hash, decided_at is not null as decided
  from platform.authorization_request where id_hash = $1 and expires_at > clock_timestamp()`;

@Injectable()
export class PendingRequestsService {
  constructor(private readonly database: Database) {}

  /** @returns the id under which the browser finds it again */
  async start(realm: string, request: AuthorizationRequest, binding: Buffer): Promise<string> {
    const id = newSecret('');
    const { client, redirectUri, state, scopes, narrowed, codeChallenge, resource } = request;
    const values = [secretHash(id), realm, client.id, redirectUri, state, scopes, narrowed, codeChallenge, resource, binding];
    await this.database.app({ realm }, (db) => db.query(INSERT, values));
    return id;
  }

  find(realm: string, id: string): Promise<PendingRequest | undefined> {
    return this.database.app({ realm }, (db) => read(db, id, FIND));
  }

  /** Takes the decision, once: of two parallel ones the second finds it taken (CONS-10). Part of the caller's transaction. */
  async decide(db: EntityManager, id: string): Promise<PendingRequest | undefined> {
    const pending = await read(db, id, `${FIND} for update`);
    if (!pending || pending.decided) return undefined;
    await db.query('update platform.authorization_request set decided_at = clock_timestamp() where id_hash = $1', [secretHash(id)]);
    return pending;
  }

  /** Signing in or out gives a browser another cookie; what it had started goes on under the new one. */
  async rebind(realm: string, before: Buffer, after: Buffer): Promise<void> {
    await this.database.app({ realm }, (db) =>
      db.query('update platform.authorization_request set session_hash = $2 where session_hash = $1 and decided_at is null', [
        before,
        after,
      ]),
    );
  }

  async forgetOld(realm: string): Promise<void> {
    await this.database.app({ realm }, (db) =>
      db.query("delete from platform.authorization_request where expires_at < clock_timestamp() - interval '1 day'"),
    );
  }
}

async function read(db: EntityManager, id: string, sql: string): Promise<PendingRequest | undefined> {
  const [row] = await db.query<Row[]>(sql, [secretHash(id)]);
  if (!row) return undefined;
  return {
    clientId: row.client_id,
    redirectUri: row.redirect_uri,
    state: row.state ?? undefined,
    scopes: row.scopes,
    narrowed: row.narrowed,
    codeChallenge: row.code_challenge,
    resource: row.resource ?? undefined,
    binding: row.session_hash,
    decided: row.decided,
  };
}
