import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeysService } from './api-keys.service';
import { PageContextService } from './page-context.service';
import { PageErrorFilter } from './page-error.filter';
import { Pages } from '../pages';
import { apiKeysPage } from './api-keys.view';

@Controller('settings/api-keys')
@UseFilters(PageErrorFilter)
export class ApiKeysController {
  constructor(
    private readonly context: PageContextService,
    private readonly keys: ApiKeysService,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query('revoked') revoked: unknown): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    const grants = await this.keys.list(visitor.session, request.access);
    const page = apiKeysPage({
      header: this.context.header(visitor),
      grants,
      token: this.context.token(visitor, 'revoke'),
      justRevoked: revoked !== undefined,
    });
    await this.pages.send(reply, page);
  }

  @Post(':id/revoke')
  async revoke(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Body() form: unknown): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    this.context.checkForm(visitor, request, form, 'revoke');
    const grant = (await this.keys.list(visitor.session, request.access)).find((one) => one.id === id);
    if (!grant) throw new NotFoundException();
    await this.keys.revoke({ request, reply, visitor, session: visitor.session, grant }, form);
  }
}
