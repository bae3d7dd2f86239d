import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as base64url behind a prefix that secret scanners can find. */
export function newSecret(prefix: string): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** The documented shapes of a registration's id and secret: 128 and 256 random bits (DCR-1). */
export const newClientId = (): string => `mcp_${randomBytes(16).toString('hex')}`;
export const newClientSecret = (): string => randomBytes(32).toString('hex');

/** All that is stored of a secret. Plain SHA-256 is enough for 256 random bits: there is nothing to guess. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
