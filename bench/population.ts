import { FUNCTIONS, STATEMENTS } from './population-rows';
import { withServer, Sql } from './superuser';

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
export function populate(databaseUrl: string, people: number, passwordHash: string): Promise<Population> {
  return withServer(databaseUrl, (sql) => fill(sql, people, passwordHash));
}

export async function fill(sql: Sql, people: number, passwordHash: string): Promise<Population> {
  // Without triggers: the rows keep all rules by the way they are made; search terms and costs are made in one go at the end.
  for (const setting of ['set search_path = live, platform', 'set session_replication_role = replica', 'set jit = off']) await sql(setting);
  await sql('select setseed(0.5)');
  for (const one of FUNCTIONS) await sql(one);
  await account(sql, passwordHash);
  for (const [what, statements] of STATEMENTS) {
    process.stderr.write(`\r\x1b[K${people} people: ${what}`);
    for (const one of statements) await sql(one, one.includes('$2') ? [BENCH.orgId, people] : one.includes('$1') ? [BENCH.orgId] : []);
  }
  await sql('analyze');
  process.stderr.write(`\r\x1b[K${people} people: costs`);
  const started = performance.now();
  const { rows } = await sql<{ segments: string }>('select live.rebuild_all_costs($1) as segments', [BENCH.orgId]);
  const rebuildSeconds = (performance.now() - started) / 1000;
  await sql('select live.rebuild_all_headcounts($1)', [BENCH.orgId]);
  process.stderr.write('\r\x1b[K');
  await sql('vacuum analyze');
  const counted = await sql<{ count: string }>('select count(*) from allocation where org_id = $1', [BENCH.orgId]);
  return { people, allocations: Number(counted.rows[0]?.count), segments: Number(rows[0]?.segments), rebuildSeconds };
}

async function account(sql: Sql, passwordHash: string): Promise<void> {
  await sql(`insert into tenant (id, slug, name, plan, features) values ($1, $2, 'Bench', 'business', '{"mcp_external_access": true}')`, [
    BENCH.tenantId,
    BENCH.slug,
  ]);
  await sql(`insert into organization (id, tenant_id, name) values ($1, $2, 'Bench')`, [BENCH.orgId, BENCH.tenantId]);
  await sql(`insert into app_user (id, email, email_norm, name, password_hash) values ('usr_bench', $1, $1, 'Owner', $2)`, [
    BENCH.email,
    passwordHash,
  ]);
  await sql(`insert into membership (org_id, user_id, role) values ($1, 'usr_bench', 'owner')`, [BENCH.orgId]);
}
