import { Client } from 'pg';
import { FUNCTIONS, STATEMENTS } from './population-rows';

/** The organization that everything is measured on. */
export const BENCH = { slug: 'bench', tenantId: 'tnt_bench', orgId: 'org_bench', email: 'owner@bench.example' } as const;

export interface Population {
  readonly people: number;
  readonly allocations: number;
  readonly segments: number;
  /** How long live.rebuild_all_costs() took for everybody. */
  readonly rebuildSeconds: number;
}

/** Fills the product's empty database with one organization of so many people; the same ones each time. */
export async function populate(databaseUrl: string, people: number, passwordHash: string): Promise<Population> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Without triggers: the rows keep all rules by the way they are made; search terms and costs are made in one go at the end.
    for (const sql of [
      'set search_path = live, platform',
      'set session_replication_role = replica',
      'set jit = off',
      'select setseed(0.5)',
    ])
      await client.query(sql);
    for (const sql of FUNCTIONS) await client.query(sql);
    await account(client, passwordHash);
    for (const [what, statements] of STATEMENTS) {
      process.stderr.write(`\r\x1b[K${people} people: ${what}`);
      for (const sql of statements)
        await client.query(sql, sql.includes('$2') ? [BENCH.orgId, people] : sql.includes('$1') ? [BENCH.orgId] : []);
    }
    await client.query('analyze');
    process.stderr.write(`\r\x1b[K${people} people: costs`);
    const started = performance.now();
    const { rows } = await client.query<{ segments: string }>('select live.rebuild_all_costs($1) as segments', [BENCH.orgId]);
    const rebuildSeconds = (performance.now() - started) / 1000;
    await client.query('select live.rebuild_all_headcounts($1)', [BENCH.orgId]);
    process.stderr.write('\r\x1b[K');
    await client.query('vacuum analyze');
    const counted = await client.query<{ count: string }>('select count(*) from allocation where org_id = $1', [BENCH.orgId]);
    return { people, allocations: Number(counted.rows[0]?.count), segments: Number(rows[0]?.segments), rebuildSeconds };
  } finally {
    await client.end();
  }
}

async function account(client: Client, passwordHash: string): Promise<void> {
  await client.query(
    `insert into tenant (id, slug, name, plan, features) values ($1, $2, 'Bench', 'business', '{"mcp_external_access": true}')`,
    [BENCH.tenantId, BENCH.slug],
  );
  await client.query(`insert into organization (id, tenant_id, name) values ($1, $2, 'Bench')`, [BENCH.orgId, BENCH.tenantId]);
  await client.query(`insert into app_user (id, email, email_norm, name, password_hash) values ('usr_bench', $1, $1, 'Owner', $2)`, [
    BENCH.email,
    passwordHash,
  ]);
  await client.query(`insert into membership (org_id, user_id, role) values ($1, 'usr_bench', 'owner')`, [BENCH.orgId]);
}
