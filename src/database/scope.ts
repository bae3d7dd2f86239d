import { escapeLiteral } from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';
import { ROLES } from './roles';

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
  /** Whether rows of money that is nobody's pay are visible: rates, stored costs (permission financials.read). */
  readonly seesMoney: boolean;
  /** Which scenarios are visible besides those that are the user's own or shared with them: `submitted` for an approver. */
  readonly seesPlans: 'own' | 'submitted' | 'all';
  /** Whether this scenario is read instead of live data. */
  readonly planId?: string;
  /** Whether statements are planned once per connection and not for the values of each call. */
  readonly keepsPlans?: boolean;
  /** `discard` undoes at the end whatever was written. */
  readonly write?: 'keep' | 'discard';
}

export function scopeSettings({ realm, tenantId, orgId, userId }: Scope): string {
  return settings({ 'app.realm': realm, 'app.tenant_id': tenantId, 'app.org_id': orgId, 'app.user_id': userId });
}

/** Never both worlds in one path: a table that a scenario lacks must be an error, not live data. */
const worldOf = (planId: string): Readonly<Record<string, string>> => ({
  search_path: 'scenario, platform, pg_temp',
  role: ROLES.whatif,
  'app.plan_id': planId,
});
const LIVE_WORLD = { role: 'none', 'app.plan_id': '' };

/** Does a part of a call in a scenario's world, or with `undefined` in the live one, and comes back to where the call was. */
export async function inWorld<T>(db: EntityManager, planId: string | undefined, work: () => Promise<T>): Promise<T> {
  const [before] = await db.query<[{ planId: string }]>(`select current_setting('app.plan_id', true) as "planId"`);
  const enter = (id: string | undefined): Promise<unknown> => db.query(settings(id ? worldOf(id) : LIVE_WORLD));
  await enter(planId);
  const result = await work();
  await enter(before.planId);
  return result;
}

export function callSettings({ orgId, tenantId, userId, seesPay, seesMoney, seesPlans, planId, keepsPlans, write }: CallScope): string {
  return settings({
    ...(planId !== undefined && worldOf(planId)),
    transaction_read_only: write ? 'off' : 'on',
    // What is asked about a few rows takes longer to plan than to answer: one plan per statement and session.
    ...((keepsPlans || write) && { plan_cache_mode: 'force_generic_plan' }),
    ...(write && { 'app.rows': 'few' }),
    'app.tenant_id': tenantId,
    'app.org_id': orgId,
    'app.user_id': userId,
    'app.sees_pay': seesPay ? 'on' : 'off',
    'app.sees_money': seesMoney ? 'on' : 'off',
    'app.sees_plans': seesPlans,
  });
}

/** All for this transaction only. The values are literals: a statement with parameters could not travel with another one. */
function settings(values: Readonly<Record<string, string | undefined>>): string {
  const all = Object.entries({ search_path: 'live, platform, pg_temp', ...values });
  return `select ${all.map(([name, value]) => `set_config('${name}', ${escapeLiteral(value ?? '')}, true)`).join(', ')}`;
}

/**
 * Sends a scope along with TypeORM's START TRANSACTION: no statement can come between them, and they cost one round trip
 * instead of two. TypeORM has to start the transaction itself, or it would not know of it.
 */
export class ScopedBegin {
  private settings?: string;

  with(settings: string): void {
    this.settings = settings;
  }

  complete(sql: string): string {
    if (sql !== 'START TRANSACTION' || this.settings === undefined) return sql;
    const both = `${sql}; ${this.settings}`;
    delete this.settings;
    return both;
  }
}

/** Starts the transaction of a connection that was just taken from its pool. */
export async function startTransaction(runner: QueryRunner, settings: string): Promise<void> {
  const client = (await runner.connect()) as { readonly begin: ScopedBegin };
  client.begin.with(settings);
  await runner.startTransaction();
}
