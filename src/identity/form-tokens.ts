import { Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Config, deriveKey } from '../config';

/** CSRF tokens: an HMAC over the browser's cookie and the form's purpose. Nothing is stored, and no other browser's token fits. */
@Injectable()
export class FormTokens {
  private readonly key: Buffer;

  constructor(config: Config) {
    this.key = deriveKey(config.secret, 'form tokens');
  }

  /** @param binding hash of the cookie that the form's browser holds */
  make(binding: Buffer, purpose: string): string {
    return createHmac('sha256', this.key).update(binding).update(purpose).digest('base64url');
  }

  accepts(token: string | undefined, binding: Buffer, purpose: string): boolean {
    const sent = Buffer.from(token ?? '');
    const expected = Buffer.from(this.make(binding, purpose));
    return sent.length === expected.length && timingSafeEqual(sent, expected);
  }
}
