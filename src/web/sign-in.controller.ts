import { Body, Controller, Get, HttpException, HttpStatus, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditService } from '../audit';
import { LOCKOUT_MINUTES, SignInService, type Visitor, VisitorService } from '../identity';
import { Pages, signInPage } from '../pages';
import { RateLimiter } from '../rate-limit';
import { textOf } from './form';
import { PageContextService } from './page-context.service';
import { PageErrorFilter } from './page-error.filter';

/** Where a sign-in leads; fixed, because a return address in the request could lead anywhere (LOGIN-9). */
const AFTER_SIGN_IN = '/settings/api-keys';

/** Sign-ins from one address in a minute; a shared office stays far below. */
const PER_ADDRESS_A_MINUTE = 240;
const MINUTE = 60_000;

const REFUSALS = {
  wrong: { status: 401, sentence: 'The e-mail address or the password is wrong.' },
  locked: { status: 429, sentence: `Too many failed attempts. Try again in ${LOCKOUT_MINUTES} minutes.` },
};

/** Sign-in for the web pages. Clients that connect have their own in the authorization endpoint. */
@Controller()
@UseFilters(PageErrorFilter)
export class SignInController {
  constructor(
    private readonly context: PageContextService,
    private readonly visitors: VisitorService,
    private readonly signIns: SignInService,
    private readonly limiter: RateLimiter,
    private readonly audit: AuditService,
    private readonly pages: Pages,
  ) {}

  @Get('sign-in')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (visitor.session) return this.pages.redirect(reply, AFTER_SIGN_IN);
    await this.form(reply, visitor);
  }

  @Post('sign-in')
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() form: unknown): Promise<void> {
    await this.limit(request.ip, reply);
    const visitor = await this.context.visitor(request, reply);
    this.context.checkForm(visitor, request, form, 'sign-in');
    const email = textOf(form, 'email') ?? '';
    const origin = { ip: request.ip, userAgent: request.headers['user-agent'], tenantId: request.access.tenant?.id, requestId: request.id };
    const result = await this.signIns.check(email, textOf(form, 'password') ?? '', origin);
    if ('refused' in result) return this.form(reply, visitor, email, result.refused);
    await this.visitors.signIn(visitor, result.user, request, reply);
    this.pages.redirect(reply, AFTER_SIGN_IN);
  }

  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() form: unknown): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    this.context.checkForm(visitor, request, form, 'sign-out');
    await this.visitors.signOut(visitor, reply);
    const userId = visitor.session?.user.id;
    await this.audit.record({
      kind: 'sign_out',
      outcome: 'ok',
      userId,
      tenantId: request.access.tenant?.id,
      requestId: request.id,
      ip: request.ip,
    });
    this.pages.redirect(reply, '/');
  }

  /** Before the first statement and the first password hash (RL-8). */
  private async limit(ip: string, reply: FastifyReply): Promise<void> {
    const { allowed, resetMs } = await this.limiter.hit(`sign-in:${ip}`, PER_ADDRESS_A_MINUTE, MINUTE);
    if (allowed) return;
    reply.header('Retry-After', String(Math.ceil(resetMs / 1000)));
    throw new HttpException('Too many requests', HttpStatus.TOO_MANY_REQUESTS);
  }

  private form(reply: FastifyReply, visitor: Visitor, email?: string, refused?: keyof typeof REFUSALS): Promise<void> {
    const refusal = refused && REFUSALS[refused];
    if (refused === 'locked') reply.header('Retry-After', String(LOCKOUT_MINUTES * 60));
    const state = { token: this.context.token(visitor, 'sign-in') };
    const page = signInPage({
      action: '/sign-in',
      state,
      purpose: 'See and revoke the apps that use Flowstate in your name.',
      email,
      error: refusal?.sentence,
    });
    return this.pages.send(reply, page, { status: refusal?.status });
  }
}
