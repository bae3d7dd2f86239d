import { randomBytes } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** `usr_` and 12 random lower-case base32 characters (60 bits): an identifier, never a secret. */
export function newId(prefix: string): string {
  return `${prefix}_${[...randomBytes(12)].map((byte) => BASE32[byte % 32]).join('')}`;
}
