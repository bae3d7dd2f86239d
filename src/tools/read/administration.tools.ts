import { Injectable } from '@nestjs/common';
import { ActivityService } from '../../activity';
import { type CallContext, featuresOf, writeModeOf } from '../../access';
import { ReadTool } from '../../mcp';
import { OrganizationSettingsService } from '../../workforce';
import { GetActivityLog } from './administration.input';
import { ActivityPage, TenantSettings } from './administration.output';

@Injectable()
export class AdministrationTools {
  constructor(
    private readonly organization: OrganizationSettingsService,
    private readonly activity: ActivityService,
  ) {}

  @ReadTool({
    name: 'tenant_settings',
    title: 'Tenant settings',
    description: "The customer's plan and features, and the settings of the organization that figures depend on.",
    aliases: ['tenant.settings'],
    toolset: 'core',
    permissions: ['settings.read'],
    output: TenantSettings,
  })
  async settings(ctx: CallContext): Promise<TenantSettings> {
    const { id, slug, name, plan } = ctx.tenant;
    const organization = await this.organization.read(ctx);
    return {
      tenant: { id, slug, name, plan, features: featuresOf(ctx.tenant).sort() },
      organization: { ...organization, writeMode: writeModeOf(ctx.tenant, organization.writeMode) },
    };
  }

  @ReadTool({
    name: 'get_activity_log',
    title: 'Get activity log',
    description: 'Who did what here, newest first: tool calls, sign-ins, connections, changes of settings. Names and ids only.',
    toolset: 'core',
    permissions: ['activity.read'],
    input: GetActivityLog,
    output: ActivityPage,
  })
  log(ctx: CallContext, input: GetActivityLog): Promise<ActivityPage> {
    return this.activity.search(ctx, input);
  }
}
