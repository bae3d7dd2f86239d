import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { Config, deriveKey } from '../config';
import { Database } from '../database';
import type { OAuthClient } from './clients.service';
import { Parameters, required } from './form-body';
import { GrantsService } from './grants.service';
import { OAuthError } from './oauth-error';
import { rotate, successorOf } from './refresh-tokens';
import { refreshedScopes } from './requested-scopes';
import { secretHash } from './secret-values';
import { checkStanding, TokenGrant, TokenOutcome } from './token-outcome';

/** Seconds in which a used token still answers with its unused successor: clients have been seen to refresh in bursts of 76 s. */
const GRACE_SECONDS = 120;

interface TokenRow {
  grant_id: string;
  salt: Buffer;
  seq: number;
  expired: boolean;
  /** Unused, used a moment ago while its successor is still unused, or used otherwise. */
  state: 'fresh' | 'repeatable' | 'spent';
  revoked: boolean;
  client_id: string;
  tenant_id: string;
  org_id: string;
  user_id: string;
  scopes: string[];
}

/** Locks the grant and with it every token of the family: parallel refreshes and revocations take turns (RT-3, RT-8). */
const LOCK = `select g.id from platform.oauth_grant g
  where g.id = (select r.grant_id from platform.refresh_token r where r.hash = $1) for update`;
const FIND = `select r.grant_id, r.salt, r.seq, r.expires_at <= clock_timestamp() as expired,
    case when r.used_at is null then 'fresh'
      when r.used_at > clock_timestamp() - make_interval(secs => ${GRACE_SECONDS}) and s.used_at is null and s.hash is not null then 'repeatable'
      else 'spent' end as state,
    g.revoked_at is not null as revoked, g.client_id, g.tenant_id, g.org_id, g.user_id, g.scopes
  from platform.refresh_token r
  join platform.oauth_grant g on g.realm = r.realm and g.id = r.grant_id
  left join platform.refresh_token s on s.hash = r.successor_hash
  where r.hash = $1`;

/** Refreshes tokens with rotation (RFC 6749 §6, RFC 9700 §4.14.2; security.md "Refresh design"). */
@Injectable()
export class RefreshService {
  private readonly key: Buffer;

  constructor(
    config: Config,
    private readonly database: Database,
    private readonly grants: GrantsService,
  ) {
    this.key = deriveKey(config.secret, 'refresh token rotation');
  }

  refresh(request: FastifyRequest, client: OAuthClient, form: Parameters): Promise<TokenOutcome> {
    const token = required(form, 'refresh_token');
    const hash = secretHash(token);
    return this.database.app({ realm: client.realm }, async (db) => {
      const row = await lockAndFind(db, hash);
      if (!row || row.client_id !== client.id || row.revoked) throw invalid();
      const scopes = refreshedScopes(form['scope'], row.scopes);
      if (row.state === 'spent') return this.reuse(db, row);
      if (row.expired) throw invalid();
      const grant: TokenGrant = { id: row.grant_id, tenantId: row.tenant_id, orgId: row.org_id, userId: row.user_id, scopes: row.scopes };
      await checkStanding(db, grant);
      await this.grants.touch(db, { id: grant.id, realm: client.realm, clientId: client.id }, request.ip);
      const stored = { hash, realm: client.realm, grantId: row.grant_id, salt: row.salt, seq: row.seq };
      const refreshToken = row.state === 'fresh' ? await rotate(db, this.key, token, stored) : successorOf(this.key, token, row.salt);
      return { grant, scopes, refreshToken };
    });
  }

  private async reuse(db: EntityManager, row: TokenRow): Promise<TokenOutcome> {
    await this.grants.end(db, row.grant_id, 'refresh token reused');
    return { reused: { grantId: row.grant_id, tenantId: row.tenant_id, what: 'refresh token' } };
  }
}

/** Two statements, because a row read together with its lock would be the one from before the wait for the joined successor. */
async function lockAndFind(db: EntityManager, hash: Buffer): Promise<TokenRow | undefined> {
  const [locked] = await db.query<{ id: string }[]>(LOCK, [hash]);
  if (!locked) return undefined;
  const [row] = await db.query<TokenRow[]>(FIND, [hash]);
  return row;
}

function invalid(): OAuthError {
  return new OAuthError('invalid_grant', 'The refresh token is unknown, expired or revoked, or belongs to another client.');
}
