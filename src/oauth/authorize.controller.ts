import { Body, Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthorizeErrorFilter } from './authorize-error.filter';
import { AuthorizeService } from './authorize.service';
import { ConsentService } from './consent.service';
import { OwnBody, type OwnBodyContent } from '../access';
import { authorizeForm } from './authorize-form';
import { oauthPaths } from './paths';

/** The authorization endpoint (RFC 6749 §3.1): a few plain pages that end in a redirect to the client. */
@Controller()
@UseFilters(AuthorizeErrorFilter)
export class AuthorizeController {
  constructor(
    private readonly authorize: AuthorizeService,
    private readonly consent: ConsentService,
  ) {}

  @Get(oauthPaths('authorize'))
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = request.query as Record<string, unknown>;
    if (typeof query['txn'] === 'string') return this.authorize.resume(request, reply, query['txn'], query['organization']);
    return this.authorize.begin(request, reply, query);
  }

  /** Takes the forms of our own pages, and a client's request sent as a form (RFC 6749 §3.1). */
  @Post(oauthPaths('authorize'))
  @OwnBody(32 * 1024)
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() body: OwnBodyContent): Promise<void> {
    const form = authorizeForm(request.sentContentType, body);
    if (form.txn === undefined) return this.authorize.begin(request, reply, form.all);
    const step = await this.authorize.step(request, reply, form.txn, form.token);
    if (form.password !== undefined) return this.authorize.signIn(step, form.email ?? '', form.password);
    switch (form.decision) {
      case 'approve':
        return this.consent.approve(step, form.organization, form.leaveOut);
      case 'deny':
        return this.consent.deny(step);
      case 'switch':
        return this.authorize.switchAccount(step);
      default:
        return this.authorize.goOn(step, form.decision === 'pick' ? undefined : form.organization);
    }
  }
}
