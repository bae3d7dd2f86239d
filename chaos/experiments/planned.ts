import type { Client } from 'pg';
import { newId } from '../../src/database';

/** An approved scenario of the demo's organization Acme. */
export interface Plan {
  readonly id: string;
  readonly orgId: string;
  readonly changes: number;
}

const TABLES = [
  ...['employee', 'employment_terms', 'salary_adjustment', 'contractor', 'rate_adjustment', 'vacancy', 'ai_agent'],
  ...['team', 'project', 'allocation', 'budget', 'search_term', 'cost_segment', 'cost_draw'],
];

/** $1 organization · $2 scenario. New names, raises, ended allocations, new teams: something of every operation. */
const CHANGES = `
  with change (op, entity, id, patch) as (
    (select 'update', 'team', id, jsonb_build_object('name', 'Renamed ' || left(md5(random()::text), 8)) from live.team where org_id = $1)
    union all (select 'update', 'employee', id, jsonb_build_object('last_name', 'Renamed ' || left(md5(random()::text), 8)) from live.employee where org_id = $1 order by random() limit 60)
    union all (select 'update', 'salary_adjustment', id, jsonb_build_object('annual_salary', annual_salary + 1) from live.salary_adjustment where org_id = $1 order by random() limit 60)
    union all (select 'delete', 'allocation', id, '{}' from live.allocation where org_id = $1 and target_project_id is not null order by random() limit 10)
    union all (select 'create', 'team', 'team_' || left(translate(md5(random()::text), '0189', 'wxyz'), 12), jsonb_build_object('name', 'New ' || left(md5(random()::text), 8)) from generate_series(1, 10))
  )
  insert into platform.plan_change (org_id, plan_id, id, op, entity, entity_id, patch)
  select $1, $2, 'chg_' || left(translate(md5(random()::text), '0189', 'wxyz'), 12), op, entity, id, patch from change`;

const SETTINGS = `select set_config('app.org_id', $1, false), set_config('app.plan_id', $2, false), set_config('app.user_id', $3, false),
  set_config('app.sees_pay', 'on', false), set_config('app.sees_money', 'on', false), set_config('app.sees_plans', 'all', false)`;

/** Past the services, as a superuser: it is the merge that is on trial. */
export async function approvedPlan(client: Client): Promise<Plan> {
  const { rows } = await client.query<{ org: string; owner: string; approver: string }>(
    `select o.id as org, (select id from platform.app_user where email = 'manager@acme.example') as owner,
       (select id from platform.app_user where email = 'finance@acme.example') as approver
     from platform.organization o where o.name = 'Acme'`,
  );
  const { org, owner, approver } = rows[0] as { org: string; owner: string; approver: string };
  const id = newId('plan');
  await client.query(SETTINGS, [org, id, owner]);
  await client.query('insert into platform.plan (org_id, id, title, owner_id) values ($1, $2, $3, $4)', [org, id, `Chaos ${id}`, owner]);
  const { rowCount } = await client.query(CHANGES, [org, id]);
  for (const status of ['PENDING_APPROVAL', 'APPROVED'])
    await client.query('update platform.plan set status = $3, submitted_by = owner_id where org_id = $1 and id = $2', [org, id, status]);
  await client.query(
    `insert into platform.plan_review (org_id, plan_id, act, user_id, rev, content_hash)
     select org_id, id, 'approve', $3, rev, content_hash from platform.plan where org_id = $1 and id = $2`,
    [org, id, approver],
  );
  return { id, orgId: org, changes: rowCount ?? 0 };
}

/** Hashes of all rows, as live and as the scenario has them, less what counts their versions. */
export class Worlds {
  private constructor(
    readonly live: string,
    readonly plan: string,
    readonly status: string,
    /** Of its merge, in the audit trail. */
    readonly events: number,
    /** Transactions of the product that are under way. */
    readonly others: number,
  ) {}

  static async of(client: Client, { id, orgId }: Plan): Promise<Worlds> {
    await client.query(SETTINGS, [orgId, id, '']);
    const live = await hashOf(client, 'live', orgId);
    await client.query('set role flowstate_whatif');
    const plan = await hashOf(client, 'scenario', orgId);
    await client.query('reset role');
    const { rows } = await client.query<{ status: string; events: number; others: number }>(
      `select (select status from platform.plan where org_id = $1 and id = $2) as status,
         (select count(*)::integer from platform.audit_event where kind = 'scenario.reviewed' and outcome = 'ok'
           and details @> jsonb_build_object('act', 'merge', 'plan', $2::text)) as events,
         (select count(*)::integer from pg_stat_activity where datname = current_database() and usename = 'flowstate_app' and xact_start is not null) as others`,
      [orgId, id],
    );
    const [{ status, events, others } = { status: '', events: 0, others: 0 }] = rows;
    return new Worlds(live, plan, status, events, others);
  }
}

async function hashOf(client: Client, world: 'live' | 'scenario', orgId: string): Promise<string> {
  const sums = TABLES.map(
    (table) => `(select md5(coalesce(string_agg(r, '|' order by r), '')) from (
      select (to_jsonb(x) - array['plan_id', 'version', 'created_at', 'updated_at'])::text as r from ${world}.${table} x where x.org_id = $1) rows)`,
  );
  const { rows } = await client.query<{ hash: string }>(`select concat_ws(' ', ${sums.join(', ')}) as hash`, [orgId]);
  return rows[0]?.hash as string;
}
