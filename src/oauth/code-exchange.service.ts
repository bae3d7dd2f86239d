import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { Database } from '../database';
import type { OAuthClient } from './clients.service';
import { Parameters, required } from './form-body';
import { GrantsService } from './grants.service';
import { OAuthError } from './oauth-error';
import { answersChallenge } from './pkce';
import { issueFirstRefreshToken } from './refresh-tokens';
import { secretHash } from './secret-values';
import { checkStanding, TokenGrant, TokenOutcome } from './token-outcome';

interface CodeRow {
  client_id: string;
  redirect_uri: string;
  code_challenge: string;
  used: boolean;
  expired: boolean;
  revoked: boolean;
  grant_id: string;
  tenant_id: string;
  org_id: string;
  user_id: string;
  scopes: string[];
}

/** Locks code and grant: a parallel redemption or revocation waits, and then sees what happened (TOK-8, RT-8). */
const FIND = `select c.client_id, c.redirect_uri, c.code_challenge, c.used_at is not null as used, c.expires_at <= clock_timestamp() as expired,
    g.revoked_at is not null as revoked, g.id as grant_id, g.tenant_id, g.org_id, g.user_id, g.scopes
  from platform.authorization_code c join platform.oauth_grant g on g.realm = c.realm and g.id = c.grant_id
  where c.code_hash = $1 for update of c, g`;
const USE = 'update platform.authorization_code set used_at = clock_timestamp() where code_hash = $1';

/** Exchanges a code for tokens (RFC 6749 §4.1.3). */
@Injectable()
export class CodeExchangeService {
  constructor(
    private readonly database: Database,
    private readonly grants: GrantsService,
  ) {}

  redeem(request: FastifyRequest, client: OAuthClient, form: Parameters): Promise<TokenOutcome> {
    const hash = secretHash(required(form, 'code'));
    return this.database.app({ realm: client.realm }, async (db) => {
      const [code] = await db.query<CodeRow[]>(FIND, [hash]);
      checkOwnership(code, client, form);
      if (code.used) return this.reuse(db, code);
      if (code.expired || code.revoked) throw invalid();
      const grant = grantOf(code);
      await checkStanding(db, grant);
      await db.query(USE, [hash]);
      await this.grants.touch(db, { id: grant.id, realm: client.realm, clientId: client.id }, request.ip);
      return { grant, scopes: grant.scopes, refreshToken: await issueFirstRefreshToken(db, client.realm, grant.id) };
    });
  }

  /** Only someone who passed every check gets this far, so that a stranger's replay cannot end a connection (TOK-4, TOK-7). */
  private async reuse(db: EntityManager, code: CodeRow): Promise<TokenOutcome> {
    await this.grants.end(db, code.grant_id, 'code used twice');
    return { reused: { grantId: code.grant_id, tenantId: code.tenant_id, what: 'code' } };
  }
}

/** One answer for all of it: which check failed is nobody's business but the holder's. */
function checkOwnership(code: CodeRow | undefined, client: OAuthClient, form: Parameters): asserts code is CodeRow {
  if (!code || code.client_id !== client.id) throw invalid();
  if (form['redirect_uri'] !== code.redirect_uri) throw invalid();
  if (!answersChallenge(form['code_verifier'] ?? '', code.code_challenge)) throw invalid();
}

function grantOf(code: CodeRow): TokenGrant {
  return { id: code.grant_id, tenantId: code.tenant_id, orgId: code.org_id, userId: code.user_id, scopes: code.scopes };
}

function invalid(): OAuthError {
  return new OAuthError('invalid_grant', 'The code is unknown or expired, or does not fit this client, redirect URI or code verifier.');
}
