import { CallHandler, ExecutionContext, Injectable, NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { createHash } from 'node:crypto';
import { firstValueFrom, from, Observable } from 'rxjs';
import { can, callScope, missingPermissions, type PlanWrite, visiblePlan } from '../access';
import { Database } from '../database';
import type { McpCall } from './mcp-call';

/** A call before its transaction is open. */
export interface PendingCall extends Omit<McpCall, 'db' | 'plan' | 'write'> {
  db?: McpCall['db'];
  plan?: McpCall['plan'];
  write?: McpCall['write'];
}

type Input = Readonly<Record<string, unknown>>;

/** In which world a call runs, and whether it may change it. */
export interface Mode {
  /** The argument that names a scenario to read instead of live data. */
  readonly world: string | undefined;
  readonly keepsPlans: boolean;
  /** The tool, where it changes scenarios. */
  readonly writes?: Pick<PlanWrite, 'tool' | 'removes'>;
}

const MODE = 'flowstate:mode';

export const CallMode = (mode: Mode) => SetMetadata(MODE, mode);

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
    const [call, input] = context.getArgs<[PendingCall, Input]>();
    const { world, keepsPlans, writes } = this.reflector.get<Mode>(MODE, context.getHandler());
    const planId = world === undefined ? undefined : (input[world] as string | undefined);
    if (planId !== undefined && !can(call, 'scenarios.read')) throw missingPermissions(call, ['scenarios.read']);
    if (writes) call.write = planWrite(writes, input);
    const work = async (db: McpCall['db']): Promise<unknown> => {
      call.db = db;
      if (planId !== undefined) call.plan = await visiblePlan(db, call.orgId, planId);
      return firstValueFrom(next.handle());
    };
    const write = call.write && { write: call.write.dryRun ? ('discard' as const) : ('keep' as const) };
    return from(this.database.call({ ...callScope(call, planId), keepsPlans, ...write }, work, call.signal));
  }
}

function planWrite(writes: Pick<PlanWrite, 'tool' | 'removes'>, input: Input): PlanWrite {
  const { reason, dryRun, idempotencyKey, confirmationToken, ...asked } = input as Input & PlanWrite;
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  given.sort(([a], [b]) => (a < b ? -1 : 1));
  const argumentsHash = createHash('sha256')
    .update(JSON.stringify([writes.tool, given]))
    .digest('hex');
  return { ...writes, reason, dryRun, idempotencyKey, confirmationToken, argumentsHash };
}
