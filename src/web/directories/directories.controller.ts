import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AuditEvent, AuditService } from '../../audit';
import { Pages } from '../../pages';
import { type ConnectionSummary, SCIM_BASE, ScimConnections } from '../../scim';
import { TenancyError } from '../../tenants';
import { textOf } from '../form';
import { type PageCaller, PageCallers } from '../page-caller.service';
import { PageContextService, type PageVisitor } from '../page-context.service';
import { PageErrorFilter } from '../page-error.filter';
import { RecentSignIn } from '../recent-sign-in.service';
import { connecting, directoriesPage, NEW_CONNECTION_FIELDS, type NewConnectionForm, newTokenPage, revoking } from './directories.view';

/** Settings → Directories: administrators make and end the tokens by which directories write people and teams (docs/scim.md). */
@Controller('settings/directories')
@UseFilters(PageErrorFilter)
export class DirectoriesController {
  constructor(
    private readonly context: PageContextService,
    private readonly callers: PageCallers,
    private readonly recent: RecentSignIn,
    private readonly connections: ScimConnections,
    private readonly audit: AuditService,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    await this.list(reply, visitor, await this.administered(request, visitor));
  }

  @Post()
  async connect(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    this.context.checkForm(visitor, request, body, 'directory');
    const callers = await this.administered(request, visitor);
    const form = Object.fromEntries(NEW_CONNECTION_FIELDS.map((name) => [name, textOf(body, name) ?? ''])) as NewConnectionForm;
    const caller = callers.find(({ orgId }) => orgId === form.organization);
    if (caller === undefined) throw new NotFoundException();
    const wish = connecting(form, caller.membership.orgName, this.context.token(visitor, 'directory'));
    if (!(await this.recent.shown({ request, reply, visitor }, body, wish))) return;
    try {
      const { name, country, teams } = form;
      const organization = organizationOf(caller);
      const made = await this.connections.create({ organization, name, country: country.toUpperCase(), teams, userId: caller.userId });
      await this.record('scim.connected', caller, made.id);
      const address = `${request.access.issuer}${SCIM_BASE}`;
      await this.pages.send(reply, newTokenPage(this.context.header(visitor), name, address, made.token));
    } catch (error) {
      if (!(error instanceof TenancyError)) throw error;
      await this.list(reply, visitor, callers, form, error.message);
    }
  }

  @Post(':id/revoke')
  async revoke(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    this.context.checkForm(visitor, request, body, 'directory');
    const callers = await this.administered(request, visitor);
    const connection = (await this.of(callers)).find((one) => one.id === id);
    const caller = callers.find(({ orgId }) => orgId === connection?.orgId);
    if (connection === undefined || caller === undefined) throw new NotFoundException();
    const wish = revoking(connection, this.context.token(visitor, 'directory'));
    if (!(await this.recent.shown({ request, reply, visitor }, body, wish))) return;
    if (await this.connections.revoke(organizationOf(caller), id)) await this.record('scim.revoked', caller, id);
    this.pages.redirect(reply, '/settings/directories');
  }

  /** The visitor in the organizations of this host whose live data they may write; without any there is no such page. */
  private async administered(request: FastifyRequest, visitor: PageVisitor): Promise<readonly PageCaller[]> {
    const callers = request.access.bare ? [] : await this.callers.of(visitor, request, 'live.write');
    if (callers.length === 0) throw new NotFoundException();
    return callers;
  }

  private of(callers: readonly PageCaller[]): Promise<ConnectionSummary[]> {
    return this.connections.list(
      (callers[0] as PageCaller).tenantId,
      callers.map(({ orgId }) => orgId),
    );
  }

  private async list(
    reply: FastifyReply,
    visitor: PageVisitor,
    callers: readonly PageCaller[],
    typed?: NewConnectionForm,
    error?: string,
  ): Promise<void> {
    const page = directoriesPage({
      header: this.context.header(visitor),
      token: this.context.token(visitor, 'directory'),
      connections: await this.of(callers),
      organizations: callers.map(({ orgId, membership }) => [orgId, membership.orgName] as const),
      ...{ typed, error },
    });
    await this.pages.send(reply, page, { status: error === undefined ? 200 : 400 });
  }

  private record(kind: AuditEvent['kind'], { tenantId, orgId, userId, requestId, ip }: PageCaller, connectionId: string): Promise<void> {
    return this.audit.record({ kind, outcome: 'ok', tenantId, orgId, userId, requestId, ip, clientId: connectionId });
  }
}

function organizationOf({ orgId, tenantId, membership }: PageCaller): { id: string; tenantId: string; name: string } {
  return { id: orgId, tenantId, name: membership.orgName };
}
