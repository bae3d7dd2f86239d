import { ForbiddenException, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Visitor, VisitorService } from '../identity';
import type { Html } from '../pages';
import type { Permission } from '../permissions';
import { account, type SettingsPage } from './account.view';
import { textOf } from './form';
import { PageCallers } from './page-caller.service';

/** What each form of the web pages is for; part of its token. */
export type FormPurpose = 'sign-in' | 'sign-out' | 'revoke' | 'scenario' | 'record' | 'directory' | 'policies';

/** The browser behind a page request, and which pages of settings its person may open besides their own. */
export interface PageVisitor extends Visitor {
  readonly settings: readonly SettingsPage[];
}

/** What every web page needs to know of its visitor. */
@Injectable()
export class PageContextService {
  constructor(
    private readonly visitors: VisitorService,
    private readonly callers: PageCallers,
  ) {}

  async visitor(request: FastifyRequest, reply: FastifyReply): Promise<PageVisitor> {
    const visitor = await this.visitors.of(request.access.realm, request, reply);
    const callers = await this.callers.of(visitor, request);
    const may = (permission: Permission): boolean => callers.some(({ permissions }) => permissions.has(permission));
    // A directory writes by the address of one tenant.
    const directories = !request.access.bare && may('live.write');
    return {
      ...visitor,
      settings: [...(may('settings.mcp.manage') ? ['policies' as const] : []), ...(directories ? ['directories' as const] : [])],
    };
  }

  header(visitor: PageVisitor): Html {
    return account(visitor.session?.user.email, visitor.settings, this.token(visitor, 'sign-out'));
  }

  token(visitor: Visitor, purpose: FormPurpose): string {
    return this.visitors.formToken(visitor, purpose);
  }

  /** @throws ForbiddenException for a form that is not ours, or not this browser's */
  checkForm(visitor: Visitor, request: FastifyRequest, form: unknown, purpose: FormPurpose): void {
    const own = this.visitors.isOwnForm(visitor, request, request.access.issuer, textOf(form, 'token'), purpose);
    if (!own) throw new ForbiddenException();
  }
}
