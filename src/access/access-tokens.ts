import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { randomUUID } from 'node:crypto';
import { ACCESS_TOKEN_SECONDS, TokenKeys } from './token-keys';

/** Claims of an access token (RFC 9068); no names, no mail, nothing of the domain. */
export interface AccessClaims {
  readonly sub: string;
  readonly client_id: string;
  readonly scope: string;
  /** Tenant, organization and grant that the token is bound to. */
  readonly tid: string;
  readonly org: string;
  readonly gid: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

const LEEWAY_SECONDS = 5;
const MAX_FUTURE_IAT_SECONDS = 60;
const HEADER_MEMBERS = new Set(['alg', 'typ', 'kid']);
const REQUIRED: readonly (Exclude<keyof AccessClaims, 'exp'> | 'jti')[] = ['sub', 'client_id', 'scope', 'tid', 'org', 'gid', 'jti'];

/** The canonical audience of an issuer: all mounts of a host are one resource (wire.md §2). */
function audienceOf(issuer: string): string {
  return `${issuer}/api/mcp`;
}

@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly keys: TokenKeys,
  ) {}

  sign(issuer: string, claims: Omit<AccessClaims, 'exp'>): string {
    const { kid, privateKey } = this.keys.signing();
    const header = { alg: 'RS256' as const, typ: 'at+jwt', kid };
    return this.jwt.sign(
      { ...claims, jti: randomUUID() },
      { privateKey, algorithm: 'RS256', header, issuer, audience: audienceOf(issuer), expiresIn: ACCESS_TOKEN_SECONDS },
    );
  }

  /** The claims of a token that this issuer made for this resource, or undefined. CPU only; what can change is read elsewhere. */
  async verify(issuer: string, token: string): Promise<AccessClaims | undefined> {
    const claims = await this.signedClaims(token);
    return claims !== undefined && isAccessToken(claims, issuer) ? (claims as unknown as AccessClaims) : undefined;
  }

  /** Whether a token is in force and signed by us: where it is refused nevertheless, somebody carried it across tenants. */
  async isOurs(token: string): Promise<boolean> {
    return (await this.signedClaims(token)) !== undefined;
  }

  private async signedClaims(token: string): Promise<Record<string, unknown> | undefined> {
    const kid = keyIdOf(token);
    const publicKey = kid === undefined ? undefined : await this.keys.verifying(kid);
    if (publicKey === undefined) return undefined;
    try {
      // The library's types forget that jsonwebtoken takes a parsed KeyObject, which saves parsing PEM on every call.
      const options = { publicKey: publicKey as unknown as string, algorithms: ['RS256' as const], clockTolerance: LEEWAY_SECONDS };
      return this.jwt.verify<Record<string, unknown>>(token, options);
    } catch {
      return undefined;
    }
  }
}

/** A header with any member but these three is refused whole: no embedded keys, no key URLs, no `crit` (AT-5). */
function keyIdOf(token: string): string | undefined {
  try {
    const header = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString()) as Record<string, unknown>;
    const plain = Object.keys(header).every((member) => HEADER_MEMBERS.has(member));
    const ours = header['alg'] === 'RS256' && header['typ'] === 'at+jwt' && typeof header['kid'] === 'string';
    return plain && ours ? (header['kid'] as string) : undefined;
  } catch {
    return undefined;
  }
}

/** The library lets a missing `exp` and a list of audiences pass; we do not (AT-2). */
function isAccessToken(claims: Record<string, unknown>, issuer: string): boolean {
  const { iss, aud, exp, iat } = claims;
  if (iss !== issuer || aud !== audienceOf(issuer)) return false;
  if (typeof exp !== 'number' || typeof iat !== 'number') return false;
  if (iat > Date.now() / 1000 + MAX_FUTURE_IAT_SECONDS) return false;
  return REQUIRED.every((name) => typeof claims[name] === 'string' && claims[name] !== '');
}
