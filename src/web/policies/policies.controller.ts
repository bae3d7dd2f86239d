import { Body, Controller, Get, NotFoundException, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Pages } from '../../pages';
import { isValueOf, ORGANIZATION_SETTING_NAMES, OrganizationPolicies, type Policies } from '../../tenants';
import type { Organization } from '../elsewhere.view';
import { textOf } from '../form';
import { type PageCaller, PageCallers } from '../page-caller.service';
import { PageContextService, type PageVisitor } from '../page-context.service';
import { PageErrorFilter } from '../page-error.filter';
import { RecentSignIn } from '../recent-sign-in.service';
import { POLICIES_PATH, policiesPage, setting } from './policies.view';

/** Settings → Policies: what owners and administrators decide for a whole organization. */
@Controller('settings/policies')
@UseFilters(PageErrorFilter)
export class PoliciesController {
  constructor(
    private readonly context: PageContextService,
    private readonly callers: PageCallers,
    private readonly recent: RecentSignIn,
    private readonly policies: OrganizationPolicies,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: unknown): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    const { caller, others } = await this.managed(request, visitor, textOf(query, 'organization'));
    const page = policiesPage({
      header: this.context.header(visitor),
      token: this.context.token(visitor, 'policies'),
      organization: organizationOf(caller),
      others: others.map(organizationOf),
      policies: await this.policies.read(caller),
      justSaved: textOf(query, 'saved') !== undefined,
    });
    await this.pages.send(reply, page);
  }

  @Post()
  async save(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() form: unknown): Promise<void> {
    const visitor = await this.context.visitor(request, reply);
    if (!visitor.session) return this.pages.redirect(reply, '/sign-in');
    this.context.checkForm(visitor, request, form, 'policies');
    const { caller } = await this.managed(request, visitor, textOf(form, 'organization') ?? '');
    const wanted = wantedIn(form);
    const wish = setting(organizationOf(caller), wanted, this.context.token(visitor, 'policies'));
    if (!(await this.recent.shown({ request, reply, visitor }, form, wish))) return;
    await this.policies.set(caller, wanted);
    this.pages.redirect(reply, `${POLICIES_PATH}?organization=${caller.orgId}&saved=1`);
  }

  /** The organization that is named, or the first of those whose policies the visitor sets; without any there is no such page. */
  private async managed(
    request: FastifyRequest,
    visitor: PageVisitor,
    wanted: string | undefined,
  ): Promise<{ caller: PageCaller; others: readonly PageCaller[] }> {
    const all = await this.callers.of(visitor, request, 'settings.mcp.manage');
    const caller = all.find(({ orgId }) => wanted === undefined || orgId === wanted);
    if (caller === undefined) throw new NotFoundException();
    return { caller, others: all.filter((one) => one !== caller) };
  }
}

/** The page offers nothing else; whatever else comes is no form of ours. */
function wantedIn(form: unknown): Policies {
  return Object.fromEntries(
    ORGANIZATION_SETTING_NAMES.map((name) => {
      const value = textOf(form, name) ?? '';
      if (!isValueOf(name, value)) throw new NotFoundException();
      return [name, value];
    }),
  ) as Policies;
}

function organizationOf({ orgId, membership }: PageCaller): Organization {
  return { id: orgId, name: membership.orgName };
}
