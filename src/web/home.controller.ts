import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tenantRefusal } from '../access';
import { Pages } from '../pages';
import { homePage } from './home.view';
import { PageContextService } from './page-context.service';
import { PageErrorFilter } from './page-error.filter';

@Controller()
@UseFilters(PageErrorFilter)
export class HomeController {
  constructor(
    private readonly context: PageContextService,
    private readonly pages: Pages,
  ) {}

  @Get('/')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    const open = tenantRefusal(request.access) === undefined;
    await this.pages.send(reply, homePage(request.access, open, visitor.settings.includes('policies'), this.context.header(visitor)));
  }
}
