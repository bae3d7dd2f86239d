import { CallHandler, ExecutionContext, Injectable, NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { firstValueFrom, from, Observable } from 'rxjs';
import { can, callScope, missingPermissions, visiblePlan } from '../access';
import { Database } from '../database';
import type { McpCall } from './mcp-call';

/** A call before its transaction is open. */
export interface PendingCall extends Omit<McpCall, 'db' | 'plan'> {
  db?: McpCall['db'];
  plan?: McpCall['plan'];
}

const WORLD = 'flowstate:world';

/** @param field the argument that names a scenario to read instead of live data */
export const World = (field: string | undefined) => SetMetadata(WORLD, field);

/**
 * Opens the call's transaction after the guards have let it in, and commits it before anything is answered. A call that
 * names a scenario reads that scenario's world, after a look whether its user may see it.
 */
@Injectable()
export class CallTransaction implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const [call, input] = context.getArgs<[PendingCall, Record<string, string | undefined>]>();
    const field = this.reflector.get<string | undefined>(WORLD, context.getHandler());
    const planId = field === undefined ? undefined : input[field];
    if (planId !== undefined && !can(call, 'scenarios.read')) throw missingPermissions(call, ['scenarios.read']);
    const work = async (db: McpCall['db']): Promise<unknown> => {
      call.db = db;
      if (planId !== undefined) call.plan = await visiblePlan(db, call.orgId, planId);
      return firstValueFrom(next.handle());
    };
    return from(this.database.call(callScope(call, planId), work, call.signal));
  }
}
