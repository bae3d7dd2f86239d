import { Injectable, OnModuleInit } from '@nestjs/common';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  JsonWebKey,
  KeyObject,
  randomBytes,
} from 'node:crypto';
import { promisify } from 'node:util';
import { Config, deriveKey } from '../config';
import { Database } from '../database';

/** Seconds an access token lives (docs/adr/0006). */
export const ACCESS_TOKEN_SECONDS = 3600;

interface StoredKey {
  kid: string;
  public_jwk: JsonWebKey;
  sealed_private: Buffer;
  retires_at: Date | null;
}

interface Key {
  readonly kid: string;
  readonly jwk: JsonWebKey;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly retiresAt?: Date;
}

/** An unknown key id makes us look at the table at most this often, so that made-up ids cost the database nothing. */
const RELOAD_INTERVAL_MS = 2_000;

const ROTATE = `update platform.signing_key set retires_at = clock_timestamp() + make_interval(secs => $1) where retires_at is null`;
const INSERT = 'insert into platform.signing_key (kid, public_jwk, sealed_private) values ($1, $2, $3)';

/**
 * The keys that sign access tokens. The newest signs; a rotated one verifies until the last token it signed has
 * expired. Private keys rest in the database sealed with AES-256-GCM under a key derived from APP_SECRET.
 */
@Injectable()
export class TokenKeys implements OnModuleInit {
  private keys: readonly Key[] = [];
  private loadedAt = 0;
  private readonly sealingKey: Buffer;

  constructor(
    config: Config,
    private readonly database: Database,
  ) {
    this.sealingKey = deriveKey(config.secret, 'signing keys at rest');
  }

  async onModuleInit(): Promise<void> {
    await this.load();
    if (this.keys.length === 0) await this.rotate();
    this.database.listen(({ table }) => {
      // A database that is away is asked again when a token names a key that is not known.
      if (table === 'signing_key' || table === '*') this.load().catch(() => undefined);
    });
  }

  signing(): Key {
    const key = this.keys.find(({ retiresAt }) => retiresAt === undefined);
    if (key === undefined) throw new Error('There is no signing key: run the "keys rotate" command.');
    return key;
  }

  async verifying(kid: string): Promise<KeyObject | undefined> {
    if (this.live(kid) === undefined && Date.now() - this.loadedAt > RELOAD_INTERVAL_MS) await this.load();
    return this.live(kid)?.publicKey;
  }

  /** The public halves, as RFC 7517 wants them served. */
  jwks(): { keys: JsonWebKey[] } {
    return { keys: this.keys.filter(isLive).map(({ kid, jwk }) => ({ ...jwk, kid, use: 'sig', alg: 'RS256' })) };
  }

  /** Makes a new signing key; the one before goes on verifying for as long as a token of its can live. */
  async rotate(): Promise<string> {
    const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const jwk = publicKey.export({ format: 'jwk' });
    const kid = createHash('sha256')
      .update(JSON.stringify({ e: jwk.e, kty: jwk.kty, n: jwk.n }))
      .digest('base64url');
    const sealed = this.seal(privateKey.export({ format: 'der', type: 'pkcs8' }));
    await this.database.app({}, async (db) => {
      await db.query(ROTATE, [ACCESS_TOKEN_SECONDS + 60]);
      await db.query(INSERT, [kid, JSON.stringify(jwk), sealed]);
    });
    await this.load();
    return kid;
  }

  private live(kid: string): Key | undefined {
    return this.keys.find((key) => key.kid === kid && isLive(key));
  }

  private async load(): Promise<void> {
    this.loadedAt = Date.now();
    const rows = await this.database.app({}, (db) =>
      db.query<StoredKey[]>('select kid, public_jwk, sealed_private, retires_at from platform.signing_key order by created_at desc'),
    );
    this.keys = rows.map((row) => ({
      kid: row.kid,
      jwk: row.public_jwk,
      publicKey: createPublicKey({ key: row.public_jwk, format: 'jwk' }),
      privateKey: createPrivateKey({ key: this.unseal(row.sealed_private), format: 'der', type: 'pkcs8' }),
      ...(row.retires_at && { retiresAt: row.retires_at }),
    }));
  }

  private seal(plain: Buffer): Buffer {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.sealingKey, iv);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  }

  private unseal(sealed: Buffer): Buffer {
    try {
      return this.open(sealed);
    } catch {
      throw new Error('APP_SECRET is not the one that the signing keys of this database were sealed with. Start with that one.');
    }
  }

  private open(sealed: Buffer): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.sealingKey, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
  }
}

function isLive({ retiresAt }: Key): boolean {
  return retiresAt === undefined || retiresAt.getTime() > Date.now();
}
