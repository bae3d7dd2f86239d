import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestAccess } from '../access';
import { type BrowserSession, BrowserSessionsService, LOCKOUT_MINUTES, SignInService, type Visitor } from '../identity';
import { type GrantSummary, GrantsService } from '../oauth';
import { Pages } from '../pages';
import { confirmPage } from './api-keys.view';
import { PageContextService } from './page-context.service';

/** A user who wants to end one of their own connections. */
export interface Revocation {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly visitor: Visitor;
  readonly session: BrowserSession;
  readonly grant: GrantSummary;
}

const REFUSALS = {
  wrong: { status: 401, sentence: 'The password is wrong.' },
  locked: { status: 429, sentence: `Too many failed attempts. Try again in ${LOCKOUT_MINUTES} minutes.` },
};

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly grants: GrantsService,
    private readonly sessions: BrowserSessionsService,
    private readonly signIns: SignInService,
    private readonly context: PageContextService,
    private readonly pages: Pages,
  ) {}

  /** On a tenant's host the connections to that tenant; on the bare host all of the user's. */
  list(session: BrowserSession, { bare, tenant }: RequestAccess): Promise<readonly GrantSummary[]> {
    return this.grants.list(session.user.id, bare ? undefined : tenant?.id);
  }

  /** Revokes at once after a recent sign-in, else asks for the password first (CONS-11). */
  async revoke(wish: Revocation, password: string | undefined): Promise<void> {
    const { request, reply, session, grant } = wish;
    if (!session.recentlyAuthenticated) {
      if (password === undefined) return this.confirm(wish, 403);
      const refused = await this.reauthenticate(wish, password);
      if (refused === 'locked') reply.header('Retry-After', String(LOCKOUT_MINUTES * 60));
      if (refused) return this.confirm(wish, REFUSALS[refused].status, REFUSALS[refused].sentence);
    }
    const from = { ip: request.ip, userAgent: request.headers['user-agent'], requestId: request.id };
    await this.grants.revoke({ userId: session.user.id }, grant.id, 'by user', from);
    this.pages.redirect(reply, '/settings/api-keys?revoked=1');
  }

  private async reauthenticate({ request, visitor, session }: Revocation, password: string): Promise<'wrong' | 'locked' | undefined> {
    const origin = { ip: request.ip, userAgent: request.headers['user-agent'], tenantId: request.access.tenant?.id, requestId: request.id };
    const result = await this.signIns.check(session.user.email, password, origin);
    if ('refused' in result) return result.refused;
    await this.sessions.reauthenticated(visitor.realm, session);
    return undefined;
  }

  private confirm({ reply, visitor, session, grant }: Revocation, status: number, error?: string): Promise<void> {
    const page = confirmPage({
      header: this.context.header(visitor),
      grant,
      email: session.user.email,
      token: this.context.token(visitor, 'revoke'),
      error,
    });
    return this.pages.send(reply, page, { status });
  }
}
