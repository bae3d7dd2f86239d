import { Injectable } from '@nestjs/common';
import { type CallContext, can } from '../../access';
import { ReadTool } from '../../mcp';
import { PERMISSIONS } from '../../permissions';
import { Access } from './access.output';

@Injectable()
export class AccessTools {
  @ReadTool({
    name: 'get_my_access',
    title: 'Get my access',
    description: 'Who the signed-in user is, what this connection may do, and what is missing and why. Use it after a refusal.',
    toolset: 'core',
    permissions: ['org.read'],
    output: Access,
  })
  read(ctx: CallContext): Promise<Access> {
    const { userName, orgId, orgName, role, permissions, withheld, clientName, scopes } = ctx;
    return Promise.resolve({
      user: userName,
      organization: { id: orgId, name: orgName },
      role,
      permissions: [...permissions].sort(),
      missing: missing(ctx),
      connection: { client: clientName, scopes: [...scopes], narrowed: withheld.length > 0 },
    });
  }
}

function missing(ctx: CallContext): Access['missing'] {
  const notHeld = PERMISSIONS.filter((permission) => !can(ctx, permission) && !ctx.withheld.includes(permission));
  const reasons = [
    { why: `The role ${ctx.role} does not include them. An administrator of the organization can grant them.`, permissions: notHeld },
    {
      why: 'The user has them, but this connection leaves them out. Reconnecting and keeping them on the consent page brings them back.',
      permissions: [...ctx.withheld],
    },
  ];
  return reasons.filter(({ permissions }) => permissions.length > 0);
}
