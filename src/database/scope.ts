import type { QueryRunner } from 'typeorm';

/** Whose rows a transaction of the web and OAuth side may see; absent = none of that kind. */
export interface Scope {
  readonly realm?: string;
  readonly tenantId?: string;
  readonly orgId?: string;
  readonly userId?: string;
}

/** Whose rows a tool call may see, and whether it may write (a scenario; never live data, whatever it says here). */
export interface CallScope {
  readonly orgId: string;
  readonly tenantId: string;
  readonly userId: string;
  /** Whether pay rows are visible at all (permission compensation.read). */
  readonly seesPay: boolean;
  readonly write?: boolean;
}

const SET_SCOPE = `select set_config('search_path', 'live, platform, pg_temp', true),
  set_config('app.realm', $1, true), set_config('app.tenant_id', $2, true), set_config('app.org_id', $3, true), set_config('app.user_id', $4, true)`;

const SET_CALL_SCOPE = `select set_config('transaction_read_only', $1, true), set_config('search_path', 'live, platform, pg_temp', true),
  set_config('app.tenant_id', $2, true), set_config('app.org_id', $3, true), set_config('app.user_id', $4, true),
  set_config('app.sees_pay', $5, true)`;

export function enterScope(runner: QueryRunner, scope: Scope): Promise<unknown> {
  return runner.query(SET_SCOPE, [scope.realm ?? '', scope.tenantId ?? '', scope.orgId ?? '', scope.userId ?? '']);
}

export function enterCall(runner: QueryRunner, scope: CallScope): Promise<unknown> {
  return runner.query(SET_CALL_SCOPE, [
    scope.write ? 'off' : 'on',
    scope.tenantId,
    scope.orgId,
    scope.userId,
    scope.seesPay ? 'on' : 'off',
  ]);
}
