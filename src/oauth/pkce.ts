import { createHash, timingSafeEqual } from 'node:crypto';

/** RFC 7636 §4.2 with S256: the base64url of a SHA-256, 43 characters. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
/** RFC 7636 §4.1. */
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

export function isChallenge(text: string): boolean {
  return CHALLENGE.test(text);
}

/** False for a stored challenge that is missing or malformed, too: such a code is never redeemable (RFC 9700 §2.1.1). */
export function answersChallenge(verifier: string, challenge: string): boolean {
  if (!VERIFIER.test(verifier) || !isChallenge(challenge)) return false;
  const answer = createHash('sha256').update(verifier, 'ascii').digest('base64url');
  return timingSafeEqual(Buffer.from(answer), Buffer.from(challenge));
}
