import { CanActivate, ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CallContext } from './call-context';
import { tenantRefusal } from './refusal';
import { ToolError } from './tool-error';

/** Execution context type of tool, resource and prompt calls. */
export const MCP_CONTEXT = 'mcp';

/**
 * The tenant's toggle and plan, once more where the work is done. The gate hook has refused closed tenants already;
 * this guard makes sure that no call can be reached around it.
 */
@Injectable()
export class TenantGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType<string>() !== MCP_CONTEXT) {
      // On the bare host the tenant is known only once somebody has signed in; the calls themselves always have one.
      if (tenantRefusal(context.switchToHttp().getRequest<FastifyRequest>().access) === undefined) return true;
      throw new ForbiddenException();
    }
    const { tenant } = context.getArgByIndex<CallContext>(0);
    if (tenantRefusal({ tenant }) === undefined) return true;
    throw new ToolError('TOOL_DISABLED', 'MCP external access is not enabled for this organization.', {
      hint: 'Only the support of Flowstate can turn it on.',
    });
  }
}
