import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ToolError } from '../../access';
import { Pages } from '../../pages';
import { ScenarioReading, ScenariosService } from '../../scenarios';
import { textOf } from '../form';
import { PageContextService, type PageVisitor } from '../page-context.service';
import { PageErrorFilter } from '../page-error.filter';
import { type PageCaller, PageCallers } from '../page-caller.service';
import { inboxPage, scenarioListPage } from './scenario-list.view';
import { ScenarioPages } from './scenario-pages.service';

const PER_PAGE = 50;

/** Workforce → Scenarios and the inbox. Browser sessions only: a bearer token is worth nothing here. */
@Controller()
@UseFilters(PageErrorFilter)
export class ScenariosController {
  constructor(
    private readonly context: PageContextService,
    private readonly callers: PageCallers,
    private readonly scenarios: ScenariosService,
    private readonly reading: ScenarioReading,
    private readonly one: ScenarioPages,
    private readonly pages: Pages,
  ) {}

  @Get('scenarios')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: unknown): Promise<void> {
    await this.inOrganization(request, reply, query, async (caller, about) => {
      const cursor = textOf(query, 'cursor');
      const page = await this.callers.read(caller, (ctx) => this.scenarios.search(ctx, { limit: PER_PAGE, cursor })).catch(noSuchPage);
      await this.pages.send(reply, scenarioListPage({ ...about, scenarios: page.items, nextCursor: page.nextCursor }));
    });
  }

  @Get('inbox')
  async inbox(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: unknown): Promise<void> {
    await this.inOrganization(request, reply, query, async (caller, about) => {
      const boxes = await this.callers.read(caller, (ctx) => this.reading.inbox(ctx));
      await this.pages.send(reply, inboxPage({ ...about, boxes }));
    });
  }

  @Get('scenarios/:id')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    await this.one.show({ request, reply, visitor, planId: id });
  }

  @Post('scenarios/:id/review')
  async review(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Body() form: unknown): Promise<void> {
    const visitor = await this.signedIn(request, reply, form);
    if (visitor) await this.one.decide({ request, reply, visitor, planId: id }, form);
  }

  @Post('scenarios/:id/reverse')
  async reverse(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Body() form: unknown): Promise<void> {
    const visitor = await this.signedIn(request, reply, form);
    if (visitor) await this.one.reverse({ request, reply, visitor, planId: id });
  }

  @Post('scenarios/:id/comment')
  async comment(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Body() form: unknown): Promise<void> {
    const visitor = await this.signedIn(request, reply, form);
    if (visitor) await this.one.comment({ request, reply, visitor, planId: id }, textOf(form, 'body') ?? '');
  }

  @Post('scenarios/:id/rebase')
  async rebase(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Body() form: unknown): Promise<void> {
    const visitor = await this.signedIn(request, reply, form);
    if (visitor) await this.one.rebase({ request, reply, visitor, planId: id }, form);
  }

  @Post('scenarios/:id/undo')
  async undo(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Body() form: unknown): Promise<void> {
    const visitor = await this.signedIn(request, reply, form);
    if (visitor) await this.one.undo({ request, reply, visitor, planId: id }, textOf(form, 'change') ?? '');
  }

  private async signedIn(request: FastifyRequest, reply: FastifyReply, form: unknown): Promise<PageVisitor | undefined> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) {
      this.pages.redirect(reply, '/sign-in');
      return undefined;
    }
    this.context.checkForm(visitor, request, form, 'scenario');
    return visitor;
  }

  /** The organization that the query names, or the visitor's first. */
  private async inOrganization(
    request: FastifyRequest,
    reply: FastifyReply,
    query: unknown,
    show: (caller: PageCaller, about: About) => Promise<void>,
  ): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    const all = await this.callers.of(visitor, request, 'scenarios.read');
    const wanted = textOf(query, 'organization');
    const caller = all.find(({ orgId }) => wanted === undefined || orgId === wanted);
    if (!caller) throw new NotFoundException();
    const named = (one: PageCaller): { id: string; name: string } => ({ id: one.orgId, name: one.membership.orgName });
    await show(caller, {
      header: this.context.header(visitor),
      organization: named(caller),
      others: all.filter((one) => one !== caller).map(named),
    });
  }
}

type About = Pick<Parameters<typeof inboxPage>[0], 'header' | 'organization' | 'others'>;

/** A cursor that this list did not give is an address that leads nowhere. */
function noSuchPage(error: unknown): never {
  throw error instanceof ToolError ? new NotFoundException() : error;
}
