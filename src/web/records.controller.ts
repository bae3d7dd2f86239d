import { Controller, Get, NotFoundException, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ToolError } from '../access';
import { type Document, DirectoryService } from '../directory';
import { html, type Page, Pages } from '../pages';
import { PageContextService } from './page-context.service';
import { PageErrorFilter } from './page-error.filter';
import { type PageCaller, PageCallers } from './scenarios/page-caller.service';

/** Where the links lead that `search` and `fetch` give: one person, team, project, contractor or vacancy, as its visitor may see it. */
@Controller('records')
@UseFilters(PageErrorFilter)
export class RecordsController {
  constructor(
    private readonly context: PageContextService,
    private readonly callers: PageCallers,
    private readonly directory: DirectoryService,
    private readonly pages: Pages,
  ) {}

  @Get(':id')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    for (const caller of await this.callers.of(visitor, request)) {
      const document = await this.read(caller, id);
      if (document) return this.pages.send(reply, { ...recordPage(document), account: this.context.header(visitor) });
    }
    throw new NotFoundException();
  }

  /** What is not there and what the visitor may not see are the same to a page. */
  private async read(caller: PageCaller, id: string): Promise<Document | undefined> {
    try {
      return await this.callers.read(caller, (ctx) => this.directory.document(ctx, id));
    } catch (error) {
      if (error instanceof ToolError) return undefined;
      throw error;
    }
  }
}

function recordPage({ title, text, metadata: { asOf, redacted } }: Document): Page {
  const notes = [asOf === undefined ? '' : `As of ${asOf}.`, redacted === undefined ? '' : `Not shown: ${redacted}.`];
  return {
    title,
    main: html`<h1>${title}</h1>
      <p>${notes.filter((one) => one !== '').join(' ')}</p>
      <pre>${text}</pre>`,
  };
}
