import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { layout, Page } from './layout.view';

export interface PageReply {
  readonly status?: number;
  /** Where else the page's form may lead: Chromium applies form-action to the redirect after a POST (stack.md §5). */
  readonly formTarget?: string;
}

/** Sends a page with the headers of CONS-5: nothing may frame it, run in it, or keep it. */
@Injectable()
export class Pages {
  async send(reply: FastifyReply, page: Page, how: PageReply = {}): Promise<void> {
    const body = String(await layout(page));
    this.protect(reply, how.formTarget)
      .status(how.status ?? 200)
      .header('Content-Type', 'text/html; charset=utf-8')
      .send(body);
  }

  /** The redirect after a form: always 303, so that no browser repeats the POST with its password (RFC 9700 §4.12). */
  redirect(reply: FastifyReply, location: string): void {
    this.protect(reply, undefined, 'no-referrer').status(303).header('Location', location).send('');
  }

  /** Pages say `same-origin`: under `no-referrer` browsers send forms with `Origin: null`, which no check could accept. */
  private protect(reply: FastifyReply, formTarget?: string, referrer = 'same-origin'): FastifyReply {
    const policy = [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self' data:",
      `form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ];
    return reply.headers({
      'Content-Security-Policy': policy.join('; '),
      'X-Frame-Options': 'DENY',
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': referrer,
      'Cache-Control': 'no-store',
    });
  }
}
