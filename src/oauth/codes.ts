import type { EntityManager } from 'typeorm';
import type { PendingRequest } from './pending-requests.service';
import { newSecret, secretHash } from './secret-values';

const INSERT = `insert into platform.authorization_code (code_hash, realm, grant_id, client_id, redirect_uri, code_challenge, resource, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp() + interval '5 minutes')`;

/** Makes a code for a grant (RFC 6749 §4.1.2): five minutes, one use, bound to client, redirect URI and PKCE challenge. */
export async function issueCode(db: EntityManager, realm: string, grantId: string, pending: PendingRequest): Promise<string> {
  const code = newSecret('fsc_');
  const { clientId, redirectUri, codeChallenge, resource } = pending;
  await db.query(INSERT, [secretHash(code), realm, grantId, clientId, redirectUri, codeChallenge, resource]);
  return code;
}
