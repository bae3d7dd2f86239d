import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserSessionsService, LOCKOUT_MINUTES, SignInService } from '../identity';
import { Pages } from '../pages';
import { confirmPage, type Confirmation } from './confirm.view';
import { textOf } from './form';
import { PageContextService, type PageVisitor } from './page-context.service';

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly visitor: PageVisitor;
}

const REFUSALS = {
  wrong: { status: 401, sentence: 'The password is wrong.' },
  locked: { status: 429, sentence: `Too many failed attempts. Try again in ${LOCKOUT_MINUTES} minutes.` },
};

/** What is not easily undone wants a password that is at most ten minutes old. */
@Injectable()
export class RecentSignIn {
  constructor(
    private readonly sessions: BrowserSessionsService,
    private readonly signIns: SignInService,
    private readonly context: PageContextService,
    private readonly pages: Pages,
  ) {}

  /** @returns whether the visitor has shown lately who they are, if need be by the form's password; else they have been asked for it */
  async shown({ request, reply, visitor }: Asked, form: unknown, wish: Confirmation): Promise<boolean> {
    const { session } = visitor;
    if (session === undefined) return false;
    if (session.recentlyAuthenticated) return true;
    const ask = async (status: number, error?: string): Promise<false> => {
      await this.pages.send(reply, confirmPage(wish, this.context.header(visitor), session.user.email, error), { status });
      return false;
    };
    const password = textOf(form, 'password');
    if (password === undefined) return ask(403);
    const origin = { ip: request.ip, userAgent: request.headers['user-agent'], tenantId: request.access.tenant?.id, requestId: request.id };
    const result = await this.signIns.check(session.user.email, password, origin);
    if ('refused' in result) {
      if (result.refused === 'locked') reply.header('Retry-After', String(LOCKOUT_MINUTES * 60));
      return ask(REFUSALS[result.refused].status, REFUSALS[result.refused].sentence);
    }
    await this.sessions.reauthenticated(visitor.realm, session);
    return true;
  }
}
