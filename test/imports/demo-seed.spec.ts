import { verify } from '@node-rs/argon2';
import { DEMO_PASSWORD, DemoSeed } from '../../src/imports';
import { permissionsOfRole } from '../../src/permissions';
import type { Draft } from '../../src/scenarios/write/draft';
import { PlanRules } from '../../src/scenarios/write/plan-rules.service';
import { Bench } from '../workforce/organization';

interface Figures {
  slug: string;
  name: string;
  people: number;
  departed: number;
  leaving: number;
  future: number;
  partTime: number;
  currencies: string;
  depth: number;
}

const FIGURES = `
  with recursive tree as (
    select org_id, id, 1 as depth from team where parent_team_id is null
    union all select t.org_id, t.id, tree.depth + 1 from tree join team t on t.org_id = tree.org_id and t.parent_team_id = tree.id)
  select t.slug, o.name,
    (select count(*)::int from employee e where e.org_id = o.id) as people,
    (select count(*)::int from employee e where e.org_id = o.id and e.end_date < current_date) as departed,
    (select count(*)::int from employee e where e.org_id = o.id and e.end_date >= current_date and e.notice_date <= current_date) as leaving,
    (select count(*)::int from employee e where e.org_id = o.id and e.start_date > current_date) as future,
    (select count(distinct employee_id)::int from employment_terms e where e.org_id = o.id and e.contracted_fte < 1) as "partTime",
    (select string_agg(distinct currency, ' ' order by currency) from salary_adjustment s where s.org_id = o.id) as currencies,
    (select max(depth)::int from tree where tree.org_id = o.id) as depth
  from organization o join tenant t on t.id = o.tenant_id order by t.slug, o.name`;

const ACME = `(select id from organization where name = 'Acme')`;

/** What a question about the domain needs to have an answer, each with the least number of rows. */
const SHOWCASE: Record<string, string> = {
  'contractors by the hour, day and month': `select count(distinct rate_type) as found, 3 as least from rate_adjustment where org_id = ${ACME}`,
  'rates in three currencies': `select count(distinct currency) as found, 3 as least from rate_adjustment where org_id = ${ACME}`,
  'contractors of companies and alone': `select count(distinct contractor_type) as found, 2 as least from contractor where org_id = ${ACME}`,
  'changed rates': `select count(*) - count(distinct contractor_id) as found, 5 as least from rate_adjustment where org_id = ${ACME}`,
  'vacancies in each status': `select count(distinct status) as found, 4 as least from vacancy where org_id = ${ACME}`,
  'vacancies filled by contractors': `select count(filled_by_contractor_id) as found, 1 as least from vacancy where org_id = ${ACME}`,
  'a vacancy whose filler left': `select count(*) as found, 1 as least from vacancy v join employee e on e.id = v.filled_by_employee_id
    where v.org_id = ${ACME} and e.end_date < current_date`,
  'AI agents now, formerly and soon': `select count(distinct case when start_date > current_date then 1 when end_date < current_date then 2 else 3 end) as found, 3 as least
    from ai_agent where org_id = ${ACME}`,
  'projects in each stage': `select count(distinct lifecycle_stage) as found, 7 as least from project where org_id = ${ACME}`,
  'completed projects that hold people': `select count(distinct p.id) as found, 2 as least from project p join allocation a on a.target_project_id = p.id
    where p.org_id = ${ACME} and p.status = 'completed' and coalesce(a.end_date, 'infinity') >= current_date`,
  'active projects without people': `select count(*) as found, 2 as least from project p where p.org_id = ${ACME} and p.status = 'active'
    and not exists (select from allocation a where a.target_project_id = p.id)`,
  'ended projects that hold people': `select count(distinct p.id) as found, 2 as least from project p join allocation a on a.target_project_id = p.id
    where p.org_id = ${ACME} and p.status = 'active' and p.end_date < current_date and coalesce(a.end_date, 'infinity') >= current_date`,
  'projects without owner': `select count(*) as found, 2 as least from project where org_id = ${ACME} and owner_id is null`,
  'teams allocated to projects': `select count(team_id) as found, 3 as least from allocation where org_id = ${ACME}`,
  'cost centres and streams of projects': `select least(count(distinct cost_centre_id), count(distinct value_stream_id)) as found, 4 as least
    from project where org_id = ${ACME}`,
  'budgets of each scope': `select count(distinct scope) as found, 5 as least from budget where org_id = ${ACME}`,
  'budgets of each period': `select count(distinct period) as found, 3 as least from budget where org_id = ${ACME}`,
  'pay in a currency without rate': `select count(distinct s.employee_id) as found, 1 as least from salary_adjustment s
    where s.org_id = ${ACME} and currency = 'CHF' and not exists (select from fx_rate f where f.org_id = s.org_id and 'CHF' in (f.from_currency, f.to_currency))`,
  'two years of effort in each category': `select min(weeks) as found, 90 as least
    from (select count(distinct week_start) as weeks from effort_line where org_id = ${ACME} group by category) x`,
  'effort of employees, contractors and agents': `select count(distinct left(subject_id, 3)) as found, 3 as least from effort_line where org_id = ${ACME}`,
  'weeks that nobody handed in': `select count(*) as found, 100 as least from generate_series(current_date - 400, current_date - 30, interval '7 days') day
    join (select subject_id, min(week_start) as first from effort_line where org_id = ${ACME} and employee_id is not null group by 1) s on first < day
    where not exists (select from effort_line l where l.subject_id = s.subject_id and l.week_start = date_trunc('week', day)::date)`,
  'two years of AI usage': `select count(distinct day) as found, 600 as least from ai_usage_day where org_id = ${ACME}`,
  'AI systems': `select count(distinct system) as found, 5 as least from ai_usage_day where org_id = ${ACME}`,
  'accounts that match nobody': `select count(*) as found, 3 as least from ai_account where org_id = ${ACME} and employee_id is null`,
};

describe('the demo', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
    expect(await new DemoSeed(bench.database).seedIfEmpty()).toBe(true);
  });
  afterAll(() => bench.close());

  it('is never put into a database that has tenants', async () => {
    expect(await new DemoSeed(bench.database).seedIfEmpty()).toBe(false);
  });

  it('has the customers, people and currencies that it promises', async () => {
    const [acme, labs, globex, initech] = await bench.test.admin<Figures>(FIGURES);
    expect(acme).toMatchObject({ slug: 'acme', name: 'Acme', people: 415, currencies: 'CHF EUR GBP USD', depth: 4 });
    for (const some of [acme?.departed, acme?.leaving, acme?.future, acme?.partTime]) expect(some).toBeGreaterThan(5);
    expect(labs).toMatchObject({ slug: 'acme', name: 'Acme Labs', people: 43 });
    expect(globex).toMatchObject({ slug: 'globex', people: 142 });
    expect(initech).toMatchObject({ slug: 'initech', people: 18 });
    expect(await bench.test.admin('select slug, plan, features, demo from tenant order by slug')).toEqual([
      { slug: 'acme', plan: 'business', features: { mcp_external_access: true }, demo: true },
      { slug: 'globex', plan: 'enterprise', features: { mcp_external_access: true }, demo: true },
      { slug: 'initech', plan: 'free', features: { mcp_external_access: true }, demo: true },
    ]);
  });

  it('has one sign-in per role at acme, the owner and finance in both organizations', async () => {
    const members = await bench.test.admin<{ email: string; roles: string }>(
      `select u.email, string_agg(o.name || ' ' || m.role, ', ' order by o.name) as roles from app_user u
       join membership m on m.user_id = u.id join organization o on o.id = m.org_id group by 1 order by 1`,
    );
    expect(members.map(({ email, roles }) => `${email}: ${roles}`)).toEqual([
      'admin@acme.example: Acme admin',
      'admin@globex.example: Globex admin',
      'admin@initech.example: Initech admin',
      'finance@acme.example: Acme finance, Acme Labs finance',
      'manager@acme.example: Acme manager',
      'member@acme.example: Acme member',
      'owner@acme.example: Acme owner, Acme Labs owner',
      'viewer@acme.example: Acme viewer',
    ]);
    expect(members.map(({ email }) => email).sort()).toEqual(DemoSeed.signIns().sort());
    const [user] = await bench.test.admin<{ password_hash: string }>('select password_hash from app_user limit 1');
    expect(await verify(user?.password_hash as string, DEMO_PASSWORD)).toBe(true);
  });

  it('is the same on every machine, save for the dates', async () => {
    const twin = await Bench.open();
    await new DemoSeed(twin.database).seedIfEmpty();
    for (const rows of [
      `select org_id, id, first_name, last_name, email from employee order by org_id, id`,
      `select org_id, id, fte from allocation order by org_id, id`,
      `select subject_id, week_start::text, line, fraction from effort_line order by 1, 2, 3`,
      `select account_id, day::text, system, model, cost from ai_usage_day order by 1, 2, 3, 4`,
    ])
      expect(await twin.test.admin(rows)).toEqual(await bench.test.admin(rows));
    await twin.close();
  });

  it.each(Object.entries(SHOWCASE))('shows at acme %s', async (_, sql) => {
    const [row] = await bench.test.admin<{ found: number | string; least: number }>(sql);
    expect(Number(row?.found)).toBeGreaterThanOrEqual(row?.least ?? Infinity);
  });

  it('sums planned project work to no more than people are contracted for, save of those overloaded on purpose', async () => {
    const over = await bench.test.admin<{ day: string; people: number }>(
      `select day::text, count(*)::int as people from (
         select day, a.employee_id, sum(a.fte) as planned, min(t.contracted_fte) as contracted
         from (values (current_date), ((date_trunc('month', current_date) + interval '1 month')::date)) days (day)
         join allocation a on a.target_project_id is not null and a.start_date <= day and coalesce(a.end_date, 'infinity') >= day
         join employment_terms t on t.employee_id = a.employee_id and t.effective_from <= day and coalesce(t.effective_to, 'infinity') >= day
         join organization o on o.id = a.org_id and o.name = 'Acme' group by 1, 2) x
       where planned > contracted group by 1 order by 1`,
    );
    expect(over.map(({ people }) => people)).toEqual([5, 10]);
  });

  it('shares no family name between acme and globex, so that a leak would show', async () => {
    const shared = await bench.test.admin(
      `select distinct a.last_name from employee a join organization ao on ao.id = a.org_id join tenant at on at.id = ao.tenant_id and at.slug = 'acme'
       join employee g on g.last_name = a.last_name join organization go on go.id = g.org_id join tenant gt on gt.id = go.tenant_id and gt.slug = 'globex'`,
    );
    expect(shared).toEqual([]);
  });

  it('has a draft of the finance user and a scenario of the manager’s that waits for a decision, both without conflicts', async () => {
    const plans = await bench.test.admin(
      `select p.title, p.status, u.email as owner, s.email as submitter, p.rev, (select array_agg(distinct entity order by entity) from plan_state x where x.plan_id = p.id) as kinds,
        (select count(*)::int from plan_state x where x.plan_id = p.id and x.conflicts <> '{}') as conflicts, (select body from plan_comment c where c.plan_id = p.id) as said
       from plan p join app_user u on u.id = p.owner_id left join app_user s on s.id = p.submitted_by order by 2`,
    );
    expect(plans).toEqual([
      {
        ...{
          title: 'Leaner Customer Care',
          status: 'DRAFT',
          owner: 'finance@acme.example',
          submitter: null,
          rev: 11,
          conflicts: 0,
          said: null,
        },
        kinds: ['ai_agent', 'allocation', 'budget', 'contractor', 'employment_terms', 'project', 'salary_adjustment', 'team', 'vacancy'],
      },
      {
        ...{ title: 'Two engineers for Core Platform', status: 'PENDING_APPROVAL', owner: 'manager@acme.example', rev: 5, conflicts: 0 },
        ...{
          submitter: 'manager@acme.example',
          kinds: ['allocation', 'project', 'vacancy'],
          said: expect.stringContaining('a quarter later'),
        },
      },
    ]);
  });

  it('has scenarios that live data could take as they are', async () => {
    const rules = new PlanRules(bench.database);
    await rules.onModuleInit();
    const plans = await bench.test.admin<{ id: string; org: string; owner: string; changes: unknown }>(
      `select p.id, p.org_id as org, p.owner_id as owner, (select json_agg(json_build_object('entity', s.entity, 'entityId', s.id, 'op', s.op)) from plan_state s where s.plan_id = p.id) as changes from plan p`,
    );
    for (const { id, org, owner, changes } of plans)
      await bench.database.call(
        { orgId: org, tenantId: '', userId: owner, seesPay: true, seesMoney: true, seesPlans: 'all', planId: id, write: 'discard' },
        (db) =>
          rules.hold({
            ctx: { db, orgId: org, permissions: new Set(permissionsOfRole('owner')) },
            planId: id,
            changes,
          } as unknown as Draft),
      );
    expect(plans).toHaveLength(2);
  });

  it('keeps primary allocations of a person from overlapping', async () => {
    const overlaps = await bench.test.admin(
      `select a.id from allocation a join allocation b on b.org_id = a.org_id and b.employee_id = a.employee_id and b.id > a.id and a.is_primary and b.is_primary
       where a.start_date <= coalesce(b.end_date, 'infinity') and b.start_date <= coalesce(a.end_date, 'infinity')`,
    );
    expect(overlaps).toEqual([]);
  });
});
