import { CanActivate, ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isNarrowingScope, Permission } from '../permissions';
import type { CallContext } from './call-context';
import { ToolError } from './tool-error';

const REQUIRED = 'flowstate:permissions';

/** The rights without which a tool, resource or prompt refuses as a whole. */
export const RequirePermissions = (permissions: readonly Permission[]) => SetMetadata(REQUIRED, permissions);

/** Refuses a call whose declared permissions the caller does not hold; what is not declared is denied. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const ctx = context.getArgByIndex<CallContext>(0);
    const required = this.reflector.get<readonly Permission[] | undefined>(REQUIRED, context.getHandler());
    if (required === undefined) return false;
    const missing = required.filter((permission) => !ctx.permissions.has(permission));
    if (missing.length === 0) return true;
    throw missingPermissions(ctx, missing);
  }
}

/** A narrowed connection can be widened by its user; a role only by the operator, as no page changes roles or members. The model is told which. */
export function missingPermissions(ctx: Pick<CallContext, 'scopes'>, missing: readonly Permission[]): ToolError {
  const list = missing.join(', ');
  if (ctx.scopes.some(isNarrowingScope)) {
    return new ToolError('SCOPE_MISSING', `This connection does not cover ${list}.`, {
      hint: 'The user can reconnect and leave out less on the consent page, if their role has the right.',
      details: { missing },
    });
  }
  return new ToolError('PERMISSION_DENIED', `This needs the permission ${list}, which the signed-in user does not have.`, {
    hint: 'Tell the user that only the support of Flowstate can change their role; do not retry.',
    details: { missing },
  });
}
