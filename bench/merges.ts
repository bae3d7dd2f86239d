/** How long it takes to make an approved scenario of 1,000 changes live, by the size of the organization. */
import { Client } from 'pg';
import { Config } from '../src/config';
import { newId, openDatabase } from '../src/database';
import { permissionsOfRole } from '../src/permissions';
import type { PageActor } from '../src/scenarios';
import { reviewsOf } from '../test/scenarios/reviews';
import { onDatabase, serverUrl, withDatabase } from '../test/support/server';
import { BENCH, populate } from './population';
import { table } from './report';

export interface Merges {
  readonly people: number;
  readonly changes: number;
  /** Milliseconds from the decision to its commit, audit event included; one merge each. */
  readonly times: readonly number[];
}

const MERGES = 3;

/** Milliseconds for 1,000 changes, whatever the size of the organization. */
const TARGET = 2_000;

/** $1 organization · $2 scenario · $3 its number. Raises, moves to other managers, part time, new names, new teams, ended and new allocations. */
export const CHANGES = `
  with person as (select id, row_number() over (order by md5(id || $3)) as n from live.employee where org_id = $1 and end_date is null),
  new_id as (select n, translate(lpad(to_hex($3::bigint * 1000000000 + n), 12, '0'), '0123456789', 'ghijklmnop') as id from generate_series(1, 1000) n),
  change (op, entity, id, patch) as (
    select 'create', 'salary_adjustment', 'sal_' || i.id, jsonb_build_object('employee_id', p.id, 'effective_date', current_date + 30 + $3::integer, 'annual_salary', 50000 + p.n, 'currency', 'EUR')
      from person p join new_id i using (n) where p.n <= 300
    union all select 'update', 'employee', p.id, jsonb_build_object('last_name', 'Planned ' || p.n) from person p where p.n between 301 and 450
    union all select 'update', 'employment_terms', t.id, jsonb_build_object('contracted_fte', 0.8)
      from person p join live.employment_terms t on t.org_id = $1 and t.employee_id = p.id and t.effective_to is null where p.n between 451 and 600
    union all select 'update', 'allocation', a.id, jsonb_build_object('end_date', greatest(a.start_date, current_date))
      from person p join lateral (select a.* from live.allocation a where a.org_id = $1 and a.employee_id = p.id and a.end_date is null and not a.is_primary limit 1) a on true where p.n between 601 and 700
    union all select 'create', 'allocation', 'alc_' || i.id, jsonb_build_object('employee_id', p.id, 'target_project_id', (select id from live.project where org_id = $1 order by id limit 1), 'fte', 0.1, 'start_date', current_date)
      from person p join new_id i using (n) where p.n between 701 and 900
    union all select 'create', 'team', 'team_' || i.id, jsonb_build_object('name', 'Planned ' || $3 || '-' || i.n) from new_id i where n between 901 and 1000
  )
  insert into platform.plan_change (org_id, plan_id, id, op, entity, entity_id, patch)
  select $1, $2, 'chg_' || translate(lpad(to_hex($3::bigint * 1000000000 + row_number() over ()), 12, '0'), '0123456789', 'ghijklmnop'), op, entity, id, patch from change`;

export async function measureMerges(people: number, settings: Record<string, string>): Promise<Merges> {
  const name = `flowstate_merges_${process.pid}`;
  await onDatabase(serverUrl, (client) => client.query(`create database ${name}`));
  const url = withDatabase(serverUrl, name);
  const database = await openDatabase(Config.from({ ...settings, DATABASE_URL: url }));
  const client = new Client({ connectionString: url });
  try {
    await populate(url, people, '');
    await client.connect();
    await client.query(`insert into platform.app_user (id, email, email_norm, name) values ('usr_other', 'o', 'o', 'Other')`);
    const reviews = await reviewsOf(database);
    const times: number[] = [];
    let changes = 0;
    for (let number = 1; number <= MERGES; number += 1) {
      const id = newId('plan');
      await client.query(
        `select set_config('app.org_id', $1, false), set_config('app.plan_id', $2, false), set_config('app.user_id', 'usr_bench', false)`,
        [BENCH.orgId, id],
      );
      await client.query(`insert into platform.plan (org_id, id, title, owner_id) values ($1, $2, 'Bench', 'usr_bench')`, [
        BENCH.orgId,
        id,
      ]);
      process.stderr.write(`\r\x1b[K${people} people: scenario ${number} of ${MERGES}`);
      changes = (await client.query(CHANGES, [BENCH.orgId, id, String(number)])).rowCount ?? 0;
      const { rows } = await client.query<{ hash: string }>('select content_hash as hash from platform.plan where id = $1', [id]);
      const decision = { contentHash: rows[0]?.hash ?? '' };
      await reviews.act(actor('usr_bench'), id, 'submit', decision);
      await reviews.act(actor('usr_other'), id, 'approve', decision);
      const began = performance.now();
      await reviews.act(actor('usr_other'), id, 'merge', decision);
      times.push(performance.now() - began);
    }
    process.stderr.write('\r\x1b[K');
    return { people, changes, times };
  } finally {
    await client.end();
    await database.onApplicationShutdown();
    await onDatabase(serverUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
  }
}

export function mergesReport(results: readonly Merges[]): string {
  const rows = results.map(({ people, changes, times }) => {
    const longest = Math.max(...times);
    const cells = times.map((time) => time.toFixed(0)).join(', ');
    return [people.toLocaleString('en'), String(changes), longest > TARGET ? `**${cells}**` : cells];
  });
  return table(['People', 'Rows changed', 'Merged in, ms'], rows);
}

function actor(userId: string): PageActor {
  return {
    userId,
    permissions: new Set(permissionsOfRole('owner')),
    orgId: BENCH.orgId,
    tenantId: BENCH.tenantId,
    requestId: 'bench',
    ip: '127.0.0.1',
  };
}
