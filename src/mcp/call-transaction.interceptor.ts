import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { firstValueFrom, from, Observable } from 'rxjs';
import { Database } from '../database';
import type { McpCall } from './mcp-call';

/** A call before its transaction is open. */
export interface PendingCall extends Omit<McpCall, 'db'> {
  db?: McpCall['db'];
}

/** Opens the call's transaction after the guards have let it in, and commits it before anything is answered. */
@Injectable()
export class CallTransaction implements NestInterceptor {
  constructor(private readonly database: Database) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const call = context.getArgByIndex<PendingCall>(0);
    const { orgId, tenantId, userId, signal } = call;
    const seesPay = call.permissions.has('compensation.read');
    const seesMoney = call.permissions.has('financials.read');
    return from(
      this.database.call(
        { orgId, tenantId, userId, seesPay, seesMoney },
        (db) => {
          call.db = db;
          return firstValueFrom(next.handle());
        },
        signal,
      ),
    );
  }
}
