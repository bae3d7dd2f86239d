import { Client } from 'pg';

/** The organization that everything is measured on. */
export const BENCH = { slug: 'bench', tenantId: 'tnt_bench', orgId: 'org_bench', email: 'owner@bench.example' } as const;

const PLACES = 12;
const JOBS = 200;
const COST_CENTRES = 50;

/** The number of a row as an id, for the id format of live tables: prefix_ and 12 letters. */
const ID = `create function pg_temp.id(prefix text, number bigint) returns text language sql immutable as $$
  select prefix || '_' || translate(lpad(to_hex(number), 12, '0'), '0123456789', 'ghijklmnop') $$`;

/** A number from 0 to below `beyond`, small ones oftener (the square of an even draw): names and skills are not spread evenly either. */
const SKEWED = `create function pg_temp.skewed(beyond integer) returns integer language sql volatile as $$
  select floor(power(random(), 2) * beyond)::integer $$`;

/** A pronounceable word of its own for each number. */
const WORD = `create function pg_temp.word(number integer) returns text language sql immutable as $$
  select initcap(
    (array['ba','ko','mi','ran','ste','lu','vor','an','pe','dal','gri','so','tem','har','ji','ulm','fen','cla','wo','zed'])[number % 20 + 1] ||
    (array['na','lin','ro','ka','ster','vi','mo','dra','sel','tin'])[number / 20 % 10 + 1] ||
    (array['','s','ski','son','er','etti','ov','ez','a','el'])[number / 200 % 10 + 1]) $$`;

const STATEMENTS: readonly [string, string][] = [
  [
    'code lists',
    `insert into geography (org_id, id, name, country_code, time_zone, currency)
       select $1, pg_temp.id('geo', i), 'Place ' || i, 'DE', 'Europe/Berlin', 'EUR' from generate_series(1, ${PLACES}) i`,
  ],
  ['', `insert into job_role (org_id, id, title) select $1, pg_temp.id('role', i), 'Job ' || i from generate_series(1, ${JOBS}) i`],
  ['', `insert into work_type (org_id, id, name, overhead) select $1, pg_temp.id('wt', 1), 'Employee', 0.2`],
  [
    '',
    `insert into cost_centre (org_id, id, code, name) select $1, pg_temp.id('cc', i), 'CC' || i, 'Centre ' || i from generate_series(1, ${COST_CENTRES}) i`,
  ],
  [
    'people',
    `insert into employee (org_id, id, first_name, last_name, email, start_date, end_date, skills, external_id)
       select $1, pg_temp.id('emp', i), first, last, lower(first || '.' || last || i || '@bench.example'), date '2016-01-01' + i % 3600,
         case when i % 20 = 0 then date '2026-01-01' end, skills, 'E' || i
       from (select i, pg_temp.word(pg_temp.skewed(300)) as first, pg_temp.word(200 + pg_temp.skewed(1800)) as last,
           (select array_agg(distinct 'Skill ' || pg_temp.skewed(150)) from generate_series(1, 3 + i % 4)) as skills
         from generate_series(1, $2::integer) i) person`,
  ],
  [
    'terms',
    `insert into employment_terms (org_id, id, employee_id, effective_from, manager_id, job_role_id, work_type_id, geography_id, cost_centre_id)
       select $1, pg_temp.id('trm', i), pg_temp.id('emp', i), date '2016-01-01' + i % 3600, case when i > 1 then pg_temp.id('emp', i / 8 + 1) end,
         pg_temp.id('role', i % ${JOBS} + 1), pg_temp.id('wt', 1), pg_temp.id('geo', i % ${PLACES} + 1), pg_temp.id('cc', i % ${COST_CENTRES} + 1)
       from generate_series(1, $2::integer) i`,
  ],
  [
    'pay',
    `insert into salary_adjustment (org_id, id, employee_id, effective_date, annual_salary, currency)
       select $1, pg_temp.id('sal', i * 2 + n), pg_temp.id('emp', i), date '2016-01-01' + i % 3600 + n * 365, 40000 + i % 700 * 100 + n * 2000, 'EUR'
       from generate_series(1, $2::integer) i, generate_series(0, 1) n`,
  ],
  [
    'teams',
    `insert into team (org_id, id, name, parent_team_id)
       select $1, pg_temp.id('team', i), 'Team ' || i, case when i > 5 then pg_temp.id('team', i / 6 + 1) end from generate_series(1, greatest(10, $2::integer / 20)) i`,
  ],
  [
    'allocations',
    `insert into allocation (org_id, id, employee_id, target_team_id, fte, start_date, is_primary)
       select $1, pg_temp.id('alc', i), pg_temp.id('emp', i), pg_temp.id('team', i % greatest(10, $2::integer / 20) + 1), 1, date '2016-01-01' + i % 3600, true
       from generate_series(1, $2::integer) i`,
  ],
  [
    'search terms',
    `insert into search_term (org_id, kind, term, sort_key, subject_id)
       select e.org_id, t.kind, t.term, t.sort_key, e.id from employee e cross join lateral platform.employee_terms(e.first_name, e.last_name, e.email, e.skills) t
       where e.org_id = $1 and $2::integer > 0 on conflict do nothing`,
  ],
];

/** Fills the product's empty database with one organization of so many people; the same ones each time. */
export async function populate(databaseUrl: string, people: number, passwordHash: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Without triggers: the rows keep all rules by the way they are made, and the search terms are made in one statement.
    for (const sql of [
      'set search_path = live, platform',
      'set session_replication_role = replica',
      'select setseed(0.5)',
      ID,
      SKEWED,
      WORD,
    ])
      await client.query(sql);
    await account(client, passwordHash);
    for (const [what, sql] of STATEMENTS) {
      if (what) process.stderr.write(`\r\x1b[K${people} people: ${what}`);
      await client.query(sql, sql.includes('$2') ? [BENCH.orgId, people] : [BENCH.orgId]);
    }
    process.stderr.write('\r\x1b[K');
    await client.query('vacuum analyze');
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
