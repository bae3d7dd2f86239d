import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestAccess } from '../access';
import type { BrowserSession } from '../identity';
import { type GrantSummary, GrantsService } from '../oauth';
import { Pages } from '../pages';
import { revocation } from './api-keys.view';
import { PageContextService, type PageVisitor } from './page-context.service';
import { RecentSignIn } from './recent-sign-in.service';

/** A user who wants to end one of their own connections. */
export interface Revocation {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly visitor: PageVisitor;
  readonly session: BrowserSession;
  readonly grant: GrantSummary;
}

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly grants: GrantsService,
    private readonly recent: RecentSignIn,
    private readonly context: PageContextService,
    private readonly pages: Pages,
  ) {}

  /** On a tenant's host the connections to that tenant; on the bare host all of the user's. */
  list(session: BrowserSession, { bare, tenant }: RequestAccess): Promise<readonly GrantSummary[]> {
    return this.grants.list(session.user.id, bare ? undefined : tenant?.id);
  }

  /** After a recent sign-in, else once the password is given (CONS-11). */
  async revoke(wish: Revocation, form: unknown): Promise<void> {
    const { request, reply, visitor, session, grant } = wish;
    const confirmation = revocation(grant, this.context.token(visitor, 'revoke'));
    if (!(await this.recent.shown(wish, form, confirmation))) return;
    const from = { ip: request.ip, userAgent: request.headers['user-agent'], requestId: request.id };
    await this.grants.revoke({ userId: session.user.id }, grant.id, 'by user', from);
    this.pages.redirect(reply, '/settings/api-keys?revoked=1');
  }
}
