import { createHmac, createPublicKey, generateKeyPairSync, KeyObject, sign } from 'node:crypto';
import { TokenKeys } from '../../src/access';
import { decodeJwt } from '../support/oauth-flow';
import type { Connection, World } from './world';

type Part = Readonly<Record<string, unknown>>;

/** Makes tokens that are a genuine one but for what a test changes, signed with the product's own key or another. */
export class Forger {
  readonly header: Part;
  readonly claims: Part;
  private readonly keys: TokenKeys;

  constructor(world: World, connection: Connection) {
    const { header, claims } = decodeJwt(connection.token);
    [this.header, this.claims] = [header, claims];
    this.keys = world.app.app.get(TokenKeys);
  }

  get publicKey(): KeyObject {
    return createPublicKey(this.keys.signing().privateKey);
  }

  /** A member given as undefined is left out. */
  signed(claims: Part = {}, header: Part = {}, key: KeyObject = this.keys.signing().privateKey): string {
    const text = this.unsigned(claims, header);
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
  }

  /** HMAC with the public key as its secret: what a verifier that believes the header would accept. */
  hmac(secret: string | Buffer): string {
    const text = this.unsigned({}, { alg: 'HS256' });
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  }

  /** Without a signature; the dot before it is the caller's. */
  unsigned(claims: Part = {}, header: Part = {}): string {
    const part = (value: Part): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ ...this.header, ...header })}.${part({ ...this.claims, ...claims })}`;
  }
}

export function newKey(): { privateKey: KeyObject; jwk: object } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, jwk: publicKey.export({ format: 'jwk' }) };
}
