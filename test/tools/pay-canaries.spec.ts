import { Database, newId } from '../../src/database';
import { DemoSeed } from '../../src/imports';
import { Catalogue, schemaOf } from '../../src/mcp';
import { type Permission, permissionsOfRole } from '../../src/permissions';
import type { Json } from '../mcp/wire';
import { Connection, World } from '../mcp/world';
import { onServer } from '../support/server';

/** Sees costs but nobody's pay. */
const CONTROLLER: Permission[] = permissionsOfRole('finance').filter((one) => !one.startsWith('compensation.'));
/** The rights of manager, member and viewer to read are a part of the admin's. */
const WITHOUT_PAY = ['admin', 'controller'];

/** Pay of nine digits, so far apart that no cost, budget or token count is one by chance. */
const SALARY = 731_000_000;
const BONUS = 642_000_000;
const APART = 99_991;
const RAISE = SALARY + 7;
/** What a twin earns: asked for wherever a text is asked for. */
const ASKED = String(SALARY);

type Call = readonly [tool: string, args: object];
type Told = [call: Call, text: string];

/** Two thousand calls on the whole demo: the embedded database, which runs the same SQL, is asked one in so many of them. */
const ONE_IN = onServer ? 1 : 8;

describe('pay that nobody else may see', () => {
  let world: World;
  let connections: Record<string, Connection>;
  let orgId: string;
  /** All of them, and those that are asked by everybody. */
  let every: Call[];
  let calls: Call[];
  let twins: [string, string];
  let canaries: Set<number>;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '1000000' });
    await new DemoSeed(world.app.app.get(Database)).seedIfEmpty();
    const [acme] = await world.db.admin<Json>(
      `select o.id as "orgId", o.name as "orgName", t.id, t.slug from platform.organization o join platform.tenant t on t.id = o.tenant_id where o.name = 'Acme'`,
    );
    orgId = acme.orgId;
    await world.db.admin('insert into platform.role (org_id, name, permissions) values ($1, $2, $3)', [orgId, 'controller', CONTROLLER]);
    await world.db.admin('analyze');
    twins = await makeTwins();
    connections = {};
    for (const role of ['owner', ...WITHOUT_PAY]) connections[role] = await world.connect(acme, { role });
    every = await everyWay(await scenarioWithPay());
    calls = every.filter((_, index) => index % ONE_IN === 0);
    const pay = await world.db.admin<Json>('select annual_salary::int as salary, annual_bonus::int as bonus from live.salary_adjustment');
    canaries = new Set([RAISE, ...pay.flatMap(({ salary, bonus }) => [salary, bonus])]);
  }, 180_000);
  afterAll(() => world.close());

  /** Two people who differ in name and pay only, in a team of enough others; and canaries for everybody's pay, in one statement, as costs follow each. */
  async function makeTwins(): Promise<[string, string]> {
    const ids: [string, string] = [newId('emp'), newId('emp')];
    await world.db.admin(
      `with twin as (select id, substr(id, 5) as key, at - 1 as at from unnest($4::text[]) with ordinality t (id, at)),
       like_them as (
         select e.id, a.target_team_id as team, t.job_role_id, t.work_type_id, t.geography_id from live.employee e
         join live.employment_terms t on t.org_id = e.org_id and t.employee_id = e.id and t.effective_to is null
         join live.allocation a on a.org_id = e.org_id and a.employee_id = e.id and a.is_primary and a.end_date is null
         where e.org_id = $1 and e.end_date is null and 8 < (
           select count(*) from live.allocation o where o.org_id = $1 and o.target_team_id = a.target_team_id and o.is_primary and o.end_date is null)
         order by e.id limit 1),
       person as (insert into live.employee (org_id, id, first_name, last_name, start_date) select $1, id, 'Twin', 'Canary ' || at, '2024-01-01' from twin),
       terms as (
         insert into live.employment_terms (org_id, id, employee_id, effective_from, job_role_id, work_type_id, geography_id, contracted_fte)
         select $1, 'trm_' || key, twin.id, '2024-01-01', l.job_role_id, l.work_type_id, l.geography_id, 1 from twin, like_them l),
       place as (
         insert into live.allocation (org_id, id, employee_id, target_team_id, fte, start_date, is_primary)
         select $1, 'alc_' || key, twin.id, l.team, 1, '2024-01-01', true from twin, like_them l),
       pay as (
         insert into live.salary_adjustment (org_id, id, employee_id, effective_date, annual_salary, annual_bonus, currency)
         select $1, 'sal_' || key, id, '2024-01-01', $2 + at * $5::int, $3 + at * $5::int, 'EUR' from twin)
       update live.salary_adjustment s set annual_salary = $2 + n.n * $5::int, annual_bonus = $3 + n.n * $5::int
       from (select id, 1 + row_number() over (order by id) as n from live.salary_adjustment where org_id = $1) n where s.org_id = $1 and s.id = n.id`,
      [orgId, SALARY, BONUS, ids, APART],
    );
    return ids;
  }

  /** A scenario with a raise and a change of everything else, open to everybody who may read scenarios. */
  async function scenarioWithPay(): Promise<string> {
    const { planId } = await ask('owner', 'create_scenario', { title: 'Raise' });
    const [employeeId, other] = twins;
    await ask('owner', 'update_employee', { planId, employeeId, effectiveDate: '2026-02-01', annualSalary: String(RAISE) });
    await ask('owner', 'terminate_employees', { planId, employeeIds: [other], endDate: '2026-03-31' });
    const readers = WITHOUT_PAY.map((role) => connections[role]!.user.id);
    await world.db.admin('insert into platform.plan_assignee select $1, $2, unnest($3::text[])', [orgId, planId, readers]);
    return planId;
  }

  async function ask(who: string, tool: string, args: object): Promise<Json> {
    return JSON.parse((await world.call(connections[who]!, tool, args)).json.result.content[0].text);
  }

  /** Every tool that reads, in every way that its arguments allow one at a time, and everything that can be measured. */
  async function everyWay(planId: string): Promise<Call[]> {
    const ways: Call[] = [];
    const [first] = (await ask('owner', 'search_employees', { query: 'Twin' })).items;
    const found = async (tool: string): Promise<string> => (await ask('owner', tool, {})).items[0].id;
    const ids: Record<string, unknown> = {
      ...{ planId, planIds: [planId], baseline: planId, compareTo: planId, teamId: first.team.id, parentTeamId: first.team.id },
      ...{ id: first.id, employeeId: first.id, managerId: first.id, ownerId: first.id, contractorId: await found('search_contractors') },
      ...{ vacancyId: await found('search_vacancies'), projectId: await found('search_projects') },
      ...{ geographyId: await found('get_geographies'), jobRoleId: await found('list_job_roles') },
    };
    for (const { declaration } of world.app.app.get(Catalogue).tools.values()) {
      if (declaration.effect !== 'read' || declaration.name === 'query_analytics') continue;
      const { properties, required = [] } = declaration.input ? (schemaOf(declaration.input) as Json) : { properties: {} };
      const usual = (field: string): unknown =>
        ids[field] ?? properties[field].enum?.[0] ?? (properties[field].format === 'date' ? '2026-06-30' : 'Twin');
      const base = Object.fromEntries(required.map((field: string) => [field, usual(field)]));
      const way = (args: object): unknown => ways.push([declaration.name, { ...base, ...args }]);
      way({});
      for (const [field, schema] of Object.entries<Json>(properties)) {
        const ofType = { boolean: [true, false], integer: [2], string: [schema.format === 'date' ? '2026-06-30' : ASKED] };
        const values = [...(schema.enum ?? ofType[schema.type as 'string'] ?? []), ...(field in ids ? [ids[field]] : [])];
        for (const value of schema.items?.enum ? [...values, schema.items.enum] : values) way({ [field]: value });
      }
    }
    const { groups } = await ask('owner', 'list_metrics', {});
    for (const { name } of groups.flatMap(({ metrics }: Json) => metrics)) {
      const metrics = [name];
      ways.push(
        ['query_analytics', { metrics, dimensions: ['team'], preset: 'this_month', orderBy: { field: name, direction: 'asc' }, limit: 5 }],
        ['query_analytics', { metrics, dimensions: ['employee'], filters: [{ field: name, op: 'gt', value: ASKED }] }],
        ['query_analytics', { metrics, dimensions: ['job_role'], planId, compareTo: 'live' }],
      );
    }
    return ways;
  }

  const swap = (): Promise<unknown> =>
    world.db.admin(
      `update live.salary_adjustment s set annual_salary = o.annual_salary, annual_bonus = o.annual_bonus from live.salary_adjustment o
       where s.org_id = $1 and o.org_id = $1 and s.employee_id = any ($2) and o.employee_id = any ($2) and s.employee_id <> o.employee_id`,
      [orgId, twins],
    );

  /** The text of every answer, and of the page that follows a page; without what differs from call to call. */
  async function answers(who: string, asked = calls): Promise<Told[]> {
    const told: Told[] = [];
    const add = async ([tool, args]: Call): Promise<string | undefined> => {
      const { body, json } = await world.call(connections[who]!, tool, args);
      told.push([[tool, args], body.replace(/\\?"(?:requestId|liveRev)\\?":(?:\\?"[^"]*\\?"|\d+)/g, '')]);
      const { structuredContent } = json.result;
      return structuredContent?.nextCursor ?? structuredContent?.meta?.nextCursor;
    };
    for (const [tool, args] of asked) {
      const cursor = await add([tool, args]);
      if (cursor !== undefined) await add([tool, { ...args, cursor }]);
    }
    return told;
  }

  /** The canaries of a text, also inside its cursors; save one that was asked for, which an error may repeat. */
  function sung([[, args], text]: Told): number[] {
    const cursors = [...text.matchAll(/"nextCursor\\?":\\?"([^"\\]+)/g)].map(([, cursor]) => Buffer.from(cursor!, 'base64url').toString());
    const amounts = [text, ...cursors].join(' ').match(/(?<!\d)\d{3}([,. ]?)\d{3}\1\d{3}(?!\d)/g) ?? [];
    const asked = JSON.stringify(args).includes(ASKED) ? SALARY : 0;
    return amounts.map((amount) => Number(amount.replace(/\D/g, ''))).filter((amount) => canaries.has(amount) && amount !== asked);
  }

  /** The calls whose answers differ; the log of calls grows by itself. */
  function moved(before: Told[], after: Told[]): Call[] {
    const steady = (told: Told[]): Told[] => told.filter(([[tool]]) => tool !== 'get_activity_log');
    const now = steady(after);
    return steady(before).flatMap(([call, text], at) => (text === now[at]?.[1] ? [] : [call]));
  }

  it('MCP-10 can be told from all else: who may see it does', async () => {
    expect(every.length).toBeGreaterThan(400);
    expect(new Set(every.map(([tool]) => tool)).size).toBeGreaterThan(36);
    const telling = ['get_employee_details', 'rank_employees', 'get_scenario_diff'];
    const asked = every.filter(([tool]) => telling.includes(tool));
    const before = await answers('owner', asked);
    const singing = before.filter((told) => sung(told).length > 0).map(([[tool]]) => tool);
    expect([...new Set(singing)].sort()).toEqual([...telling].sort());
    await swap();
    const changed = moved(before, await answers('owner', asked)).map(([tool]) => tool);
    expect(changed).toEqual(expect.arrayContaining(['get_employee_details', 'rank_employees']));
  });

  it.each(WITHOUT_PAY)(
    'MCP-10 is in no answer to %s, whatever the tool and its arguments; and where two people of a team change their pay, every answer stays',
    async (who) => {
      const before = await answers(who);
      expect(before.map((answer) => [answer[0], sung(answer)]).filter(([, found]) => found!.length > 0)).toEqual([]);
      await swap();
      expect(moved(before, await answers(who))).toEqual([]);
    },
    400_000,
  );
});
