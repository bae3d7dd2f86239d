import { newId } from '../../src/database';
import { itOnServer } from '../support/database';
import { Bench, refusal, TestOrganization } from './organization';

/** The tables of the migration, each with row level security. */
const TABLES = [
  'allocation',
  'cost_centre',
  'employee',
  'employment_terms',
  'fx_rate',
  'geography',
  'holiday',
  'job_role',
  'salary_adjustment',
  'search_term',
  'team',
  'value_stream',
  'work_type',
];

const ADD_TERMS = `insert into employment_terms (org_id, id, employee_id, effective_from, job_role_id, work_type_id, geography_id, contracted_fte)
  values ($1, $2, $3, $4, $5, $6, $7, 0.5)`;

const TERMS_COVER = `select count(*) filter (where next is distinct from effective_to + 1) as gaps
  from (select effective_to, lead(effective_from) over (order by effective_from) as next from employment_terms where employee_id = $1) row_and_next`;

describe('what the database itself keeps true', () => {
  let bench: Bench;
  let org: TestOrganization;
  beforeAll(async () => {
    bench = await Bench.open();
    org = await bench.organization();
  });
  afterAll(() => bench.close());

  const update = (sql: string, parameters: unknown[]) => org.write((db) => db.query(sql, parameters));

  it('an e-mail address belongs to one person at a time', async () => {
    await org.person({ email: 'Same@example.test', end: '2024-12-31' });
    await org.person({ email: 'same@example.test', start: '2025-01-01' });
    expect((await refusal(org.person({ email: 'SAME@example.test', start: '2026-01-01' }))).message).toMatch(/e-mail address/);
    expect((await refusal(org.people([{ email: 'twin@example.test' }, { email: 'twin@example.test' }]))).message).toMatch(/e-mail address/);
    const [other] = await org.people([{ email: null }, { email: null }]);
    expect((await refusal(update(`update employee set email = 'same@example.test' where id = $1`, [other]))).message).toMatch(
      /e-mail address/,
    );
  });

  itOnServer('two transactions cannot each write one half of a violation', async () => {
    for (let round = 0; round < 10; round += 1) {
      const both = await Promise.allSettled([
        org.person({ email: `race${round}@example.test` }),
        org.person({ email: `race${round}@example.test` }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const [a, b] = await org.people([{}, {}]);
      const report = (who: unknown, manager: unknown) =>
        update('update employment_terms set manager_id = $2 where employee_id = $1', [who, manager]);
      const circle = await Promise.allSettled([report(a, b), report(b, a)]);
      expect(circle.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const split = (day: string) =>
        org.write(async (db) => {
          await db.query('update employment_terms set effective_to = $2::date - 1 where employee_id = $1 and effective_to is null', [
            a,
            day,
          ]);
          await db.query(ADD_TERMS, [org.id, newId('trm'), a, day, org.jobRole, org.workType, org.place]);
        });
      await Promise.allSettled([split('2021-01-01'), split('2022-01-01')]);
      const terms = await org.write((db) => db.query<{ gaps: number }[]>(TERMS_COVER, [a]));
      expect(terms[0]).toEqual({ gaps: 0 });
    }
  });

  it('terms cover an employment without gap or overlap, judged at the end of the transaction', async () => {
    const id = await org.person({ start: '2020-01-01' });
    const part = (from: string) => [org.id, newId('trm'), id, from, org.jobRole, org.workType, org.place];
    const change = (last: string, first: string) =>
      org.write(async (db) => {
        await db.query(`update employment_terms set effective_to = $2 where employee_id = $1 and effective_to is null`, [id, last]);
        await db.query(ADD_TERMS, part(first));
      });
    expect((await refusal(change('2020-06-29', '2020-07-01'))).message).toMatch(/gap or overlap/);
    expect((await refusal(change('2020-07-01', '2020-07-01'))).message).toMatch(/gap or overlap/);
    await change('2020-06-30', '2020-07-01');
    expect(
      (
        await refusal(
          update('update employment_terms set effective_to = $2 where employee_id = $1 and effective_to is null', [id, '2030-01-01']),
        )
      ).message,
    ).toMatch(/gap or overlap/);
    expect((await refusal(update('delete from employment_terms where employee_id = $1', [id]))).message).toMatch(/gap or overlap/);
    expect((await refusal(update(`update employee set start_date = '2019-01-01' where id = $1`, [id]))).message).toMatch(/gap or overlap/);
  });

  it('nobody reports to themselves, not even by way of others', async () => {
    const [a] = await org.people([{}]);
    const [b] = await org.people([{ manager: a }]);
    const [c] = await org.people([{ manager: b }]);
    expect((await refusal(update('update employment_terms set manager_id = $2 where employee_id = $1', [a, c]))).message).toMatch(
      /report to themselves/,
    );
    await org.write(async (db) => {
      await db.query('update employment_terms set manager_id = $2 where employee_id = $1', [a, c]); // turned round within one transaction
      await db.query('update employment_terms set manager_id = null where employee_id = $1', [b]);
    });
  });

  it('two people may manage each other at different times', async () => {
    const [a] = await org.people([{}]);
    const [b] = await org.people([{ manager: a }]);
    const row = (employee: unknown, from: string, manager: unknown) => [
      org.id,
      newId('trm'),
      employee,
      from,
      manager,
      org.jobRole,
      org.workType,
      org.place,
    ];
    const add = `insert into employment_terms (org_id, id, employee_id, effective_from, manager_id, job_role_id, work_type_id, geography_id) values ($1, $2, $3, $4, $5, $6, $7, $8)`;
    const close = `update employment_terms set effective_to = $2 where employee_id = $1`;
    await org.write(async (db) => {
      await db.query(close, [b, '2022-12-31']);
      await db.query(add, row(b, '2023-01-01', null));
      await db.query(close, [a, '2022-12-31']);
      await db.query(add, row(a, '2023-01-01', b));
    });
    expect(
      (await refusal(update(`update employment_terms set manager_id = $2 where employee_id = $1 and effective_to is null`, [b, a])))
        .message,
    ).toMatch(/report to themselves/);
  });

  it('the team tree has no circle and no two siblings of one name', async () => {
    const top = await org.team('Top');
    const mid = await org.team('Mid', top);
    const low = await org.team('Low', mid);
    expect((await refusal(update('update team set parent_team_id = $2 where id = $1', [top, low]))).message).toMatch(/below itself/);
    expect((await refusal(org.team('Mid', top))).message).toMatch(/team_name_among_siblings/);
    expect((await refusal(org.team('Top'))).message).toMatch(/team_name_among_siblings/);
    await org.team('Mid', low);
  });

  it('a person has one open primary team', async () => {
    const [one, two] = [await org.team('P1'), await org.team('P2')];
    const id = await org.person({ team: one });
    const row = { id: newId('alc'), employee_id: id, target_team_id: two, fte: 0.2, start_date: '2021-01-01' };
    await org.insert('allocation', [{ ...row, is_primary: false }]);
    expect((await refusal(org.insert('allocation', [{ ...row, id: newId('alc'), is_primary: true }]))).message).toMatch(
      /allocation_one_open_primary/,
    );
    expect(
      (await refusal(org.insert('allocation', [{ ...row, id: newId('alc'), target_team_id: null, is_primary: false }]))).message,
    ).toMatch(/allocation_target/);
  });

  it('counts versions', async () => {
    const id = await org.person();
    await update(`update employee set first_name = 'Again' where id = $1`, [id]);
    expect(await org.write((db) => db.query('select version, updated_at > created_at as later from employee where id = $1', [id]))).toEqual(
      [{ version: 2, later: true }],
    );
  });

  it('refers to rows of its own organization only', async () => {
    const other = await bench.organization();
    const foreign = await other.person();
    expect((await refusal(org.person({ manager: foreign }))).message).toMatch(/foreign key/);
    expect(
      (
        await refusal(
          org.write((db) => db.query('insert into team (org_id, id, name) values ($1, $2, $3)', [other.id, newId('team'), 'X'])),
        )
      ).message,
    ).toMatch(/row-level security/);
  });

  it('shows a transaction the rows of its organization, and none without one', async () => {
    const other = await bench.organization();
    await other.person({ pay: { '2020-01-01': ['1', '0', 'EUR'] }, team: await other.team('T') });
    for (const table of TABLES) {
      const owners = await org.as('owner', (ctx) => ctx.db.query<{ org_id: string }[]>(`select distinct org_id from ${table}`));
      expect([table, owners.filter(({ org_id }) => org_id !== org.id)]).toEqual([table, []]);
      expect(await bench.database.app({}, (db) => db.query(`select 1 from ${table} limit 1`))).toEqual([]);
    }
  });

  it('forces row level security on every live table and lets MCP only read', async () => {
    const secured = await bench.test.admin<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'live'::regnamespace and relkind = 'r' and relrowsecurity and relforcerowsecurity order by 1`,
    );
    expect(secured.map(({ relname }) => relname)).toEqual(expect.arrayContaining(TABLES));
    const all = await bench.test.admin<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'live'::regnamespace and relkind = 'r' order by 1`,
    );
    expect(secured).toEqual(all);
    const rights = await bench.test.admin<{ privilege_type: string }>(
      `select distinct privilege_type from information_schema.role_table_grants where grantee = 'flowstate_mcp' and table_schema = 'live'`,
    );
    expect(rights).toEqual([{ privilege_type: 'SELECT' }]);
  });
});
