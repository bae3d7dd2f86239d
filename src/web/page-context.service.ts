import { ForbiddenException, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Visitor, VisitorService } from '../identity';
import type { Html } from '../pages';
import { account } from './account.view';
import { textOf } from './form';

/** What each form of the web pages is for; part of its token. */
export type FormPurpose = 'sign-in' | 'sign-out' | 'revoke' | 'scenario' | 'record' | 'directory' | 'policies';

/** What every web page needs to know of its visitor. */
@Injectable()
export class PageContextService {
  constructor(private readonly visitors: VisitorService) {}

  visitor(request: FastifyRequest, reply: FastifyReply): Promise<Visitor> {
    return this.visitors.of(request.access.realm, request, reply);
  }

  header(visitor: Visitor): Html {
    return account(visitor.session?.user.email, this.token(visitor, 'sign-out'));
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
