import { Injectable } from '@nestjs/common';
import { type CallContext, can, usablePermissions, whyWritesAreOff, type WriteMode, writeModeOf } from '../../access';
import { ReadTool } from '../../mcp';
import { PERMISSIONS } from '../../permissions';
import { OrganizationSettingsService } from '../../workforce';
import { Access } from './access.output';

@Injectable()
export class AccessTools {
  constructor(private readonly organization: OrganizationSettingsService) {}

  @ReadTool({
    name: 'get_my_access',
    title: 'Get my access',
    description: 'Who the signed-in user is, what this connection may do, and what is missing and why. Use it after a refusal.',
    toolset: 'core',
    permissions: ['org.read'],
    output: Access,
  })
  async read(ctx: CallContext): Promise<Access> {
    const { userName, orgId, orgName, role, withheld, clientName, scopes } = ctx;
    const writeMode = writeModeOf(ctx.tenant, (await this.organization.read(ctx)).writeMode);
    return {
      user: userName,
      organization: { id: orgId, name: orgName },
      role,
      permissions: usablePermissions(ctx, writeMode),
      missing: missing(ctx, writeMode),
      connection: { client: clientName, scopes: [...scopes], narrowed: withheld.length > 0 },
    };
  }
}

function missing(ctx: CallContext, writeMode: WriteMode): Access['missing'] {
  const notHeld = PERMISSIONS.filter((permission) => !can(ctx, permission) && !ctx.withheld.includes(permission));
  const reasons = [
    {
      why: `The role ${ctx.role} does not include them. Only the support of Flowstate can change roles and who has them.`,
      permissions: notHeld,
    },
    {
      why: 'The user has them, but this connection leaves them out. Reconnecting and keeping them on the consent page brings them back.',
      permissions: [...ctx.withheld],
    },
    { why: whyWritesAreOff(ctx.tenant), permissions: writeMode === 'off' && can(ctx, 'scenarios.write') ? ['scenarios.write'] : [] },
  ];
  return reasons.filter(({ permissions }) => permissions.length > 0);
}
