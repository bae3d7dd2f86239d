import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { firstValueFrom, from, Observable } from 'rxjs';
import type { CallContext } from '../access';
import { Database } from '../database';

/** A call before its transaction is open; aborted when the client hangs up. */
export interface PendingCall extends Omit<CallContext, 'db'> {
  db?: CallContext['db'];
  readonly signal: AbortSignal;
}

/** Opens the call's transaction after the guards have let it in, and commits it before anything is answered. */
@Injectable()
export class CallTransaction implements NestInterceptor {
  constructor(private readonly database: Database) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const call = context.getArgByIndex<PendingCall>(0);
    const { orgId, tenantId, userId, signal } = call;
    const seesPay = call.permissions.has('compensation.read');
    return from(
      this.database.call(
        { orgId, tenantId, userId, seesPay },
        (db) => {
          call.db = db;
          return firstValueFrom(next.handle());
        },
        signal,
      ),
    );
  }
}
