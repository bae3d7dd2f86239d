import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';

/** Argon2id (the library's default algorithm) with 19 MiB and two passes, as OWASP advises for sign-in forms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** In characters. A longer password is refused unread: hashing it would be work for nothing. */
const MAX_PASSWORD = 256;
export const MIN_PASSWORD = 12;

/** Verified against where there is no account, so that unknown people cost the same time as wrong passwords (LOGIN-1). */
const nobody = hash(randomBytes(32), COST);

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

export async function isPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const right = await verify(stored ?? (await nobody), password.slice(0, MAX_PASSWORD).normalize('NFKC'));
  return right && stored != null && password.length <= MAX_PASSWORD;
}
