import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DirectoryService } from '../../directory';
import { type Edit, EditRefused, type EditableRow, LiveEdits } from '../../live-edits';
import { Pages } from '../../pages';
import { textOf } from '../form';
import { type PageCaller, PageCallers } from '../page-caller.service';
import { PageContextService, type PageVisitor } from '../page-context.service';
import { PageErrorFilter } from '../page-error.filter';
import { editPage, recordPage } from './record.view';

/**
 * Where the links lead that `search` and `fetch` give: one person, team, project, contractor or vacancy, as its visitor may
 * see it; and the forms by which live data is edited.
 */
@Controller('records')
@UseFilters(PageErrorFilter)
export class RecordsController {
  constructor(
    private readonly context: PageContextService,
    private readonly callers: PageCallers,
    private readonly directory: DirectoryService,
    private readonly edits: LiveEdits,
    private readonly pages: Pages,
  ) {}

  @Get(':id')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    const one = await this.callers.first(await this.callers.of(visitor, request), async (ctx) => ({
      document: await this.directory.document(ctx, id),
      parts: await this.edits.parts(ctx, id),
    }));
    if (one === undefined) throw new NotFoundException();
    await this.pages.send(reply, recordPage({ header: this.context.header(visitor), ...one.found }));
  }

  @Get(':id/edit')
  async edit(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    const { row } = await this.find(request, visitor, id);
    await this.form(reply, visitor, row);
  }

  @Post(':id/edit')
  async save(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Body() form: unknown): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    this.context.checkForm(visitor, request, form, 'record');
    const { caller, row } = await this.find(request, visitor, id);
    const values = Object.fromEntries(Object.keys(row.fields).map((column) => [column, textOf(form, column)]));
    const edit = { id, version: textOf(form, 'version') ?? '', from: textOf(form, 'from') ?? row.from, values };
    try {
      await this.edits.save(caller, edit);
    } catch (error) {
      if (!(error instanceof EditRefused)) throw error;
      return this.form(reply, visitor, asTyped(row, edit), error.message);
    }
    this.pages.redirect(reply, `/records/${row.of}`);
  }

  private form(reply: FastifyReply, visitor: PageVisitor, row: EditableRow, error?: string): Promise<void> {
    const page = editPage({ header: this.context.header(visitor), token: this.context.token(visitor, 'record'), row, error });
    return this.pages.send(reply, page, { status: error === undefined ? 200 : 409 });
  }

  private async find(request: FastifyRequest, visitor: PageVisitor, id: string): Promise<{ caller: PageCaller; row: EditableRow }> {
    const callers = await this.callers.of(visitor, request, 'live.write');
    const one = await this.callers.first(callers, (ctx) => this.edits.row(ctx, id));
    if (one === undefined) throw new NotFoundException();
    return { caller: one.caller, row: one.found };
  }
}

/** What was written stays in the form that is shown again, and so does the version that its writer saw. */
function asTyped(row: EditableRow, { version, from, values }: Edit): EditableRow {
  const typed = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...row, version, texts: { ...row.texts, ...Object.fromEntries(typed) }, ...(from !== undefined && { from }) };
}
