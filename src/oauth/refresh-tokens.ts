import { createHmac, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { newSecret, secretHash } from './secret-values';

const PREFIX = 'fsr_';
const INSERT = `insert into platform.refresh_token (hash, realm, grant_id, salt, seq, expires_at)
  values ($1, $2, $3, $4, $5, clock_timestamp() + interval '30 days')`;
const USE = 'update platform.refresh_token set used_at = clock_timestamp(), successor_hash = $2 where hash = $1';

/** A refresh token as it is presented and as it is stored. */
export interface StoredRefreshToken {
  readonly hash: Buffer;
  readonly realm: string;
  readonly grantId: string;
  readonly salt: Buffer;
  readonly seq: number;
}

export async function issueFirstRefreshToken(db: EntityManager, realm: string, grantId: string): Promise<string> {
  const token = newSecret(PREFIX);
  await db.query(INSERT, [secretHash(token), realm, grantId, randomBytes(32), 1]);
  return token;
}

/** Replaces a token by its successor. Both rows change in the caller's transaction, so one of the two always works (RT-7). */
export async function rotate(db: EntityManager, key: Buffer, token: string, stored: StoredRefreshToken): Promise<string> {
  const successor = successorOf(key, token, stored.salt);
  await db.query(INSERT, [secretHash(successor), stored.realm, stored.grantId, randomBytes(32), stored.seq + 1]);
  await db.query(USE, [stored.hash, secretHash(successor)]);
  return successor;
}

/**
 * The one successor a token can have: HMAC-SHA256 over its stored salt and the token itself. A client that lost the
 * answer, or asked fifty times at once, gets the same one again although only hashes are stored (RT-3).
 */
export function successorOf(key: Buffer, token: string, salt: Buffer): string {
  return PREFIX + createHmac('sha256', key).update(salt).update(token).digest('base64url');
}
