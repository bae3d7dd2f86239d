import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tenantRefusal } from '../access';
import { Pages } from '../pages';
import { homePage } from './home.view';
import { PageCallers } from './page-caller.service';
import { PageContextService } from './page-context.service';
import { PageErrorFilter } from './page-error.filter';

@Controller()
@UseFilters(PageErrorFilter)
export class HomeController {
  constructor(
    private readonly context: PageContextService,
    private readonly callers: PageCallers,
    private readonly pages: Pages,
  ) {}

  @Get('/')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    const open = tenantRefusal(request.access) === undefined;
    const setsPolicies = (await this.callers.of(visitor, request, 'settings.mcp.manage')).length > 0;
    await this.pages.send(reply, homePage(request.access, open, setsPolicies, this.context.header(visitor)));
  }
}
