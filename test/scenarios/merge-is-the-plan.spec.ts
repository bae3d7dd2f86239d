import fc from 'fast-check';
import { callScope } from '../../src/access';
import { Database } from '../../src/database';
import { permissionsOfRole } from '../../src/permissions';
import { type PageActor, ReversalService, ReviewService } from '../../src/scenarios';
import { facts as anyFacts } from '../costs/arbitrary-facts';
import { CostOrganization } from '../costs/organization';
import { Connection, World } from '../mcp/world';
import type { Json } from '../mcp/wire';
import { createUser, TestTenant } from '../support/people';
import { onServer } from '../support/server';
import type { Bench } from '../workforce/organization';
import { anyChange, AnyChange, callOf, ENTITIES, Ids, idsIn } from './any-change';

const DERIVED = ['search_term', 'cost_segment', 'cost_draw'];

/** What says which world was read, or when a row was last written. */
const OF_THE_READING = new Set([
  'planId',
  'planRev',
  'liveRev',
  'drift',
  'scenario',
  'version',
  'updatedAt',
  'createdAt',
  'asOf',
  'nextCursor',
]);

const QUESTIONS = [
  {
    metrics: ['headcount', 'fte', 'joiners', 'leavers', 'vacancy_count'],
    dimensions: ['team'],
    period: { from: '2023-09-01', to: '2028-12-31' },
  },
  { metrics: ['cost_total', 'cost_base', 'cost_bonus'], dimensions: ['team'], period: { from: '2023-09-01', to: '2025-12-31' } },
  { metrics: ['cost_total', 'cost_contractor'], dimensions: ['project'], period: { from: '2024-01-01', to: '2027-12-31' } },
  {
    metrics: ['budget_amount', 'allocated_fte', 'contractor_headcount'],
    period: { from: '2024-01-01', to: '2027-12-31' },
    granularity: 'year',
    dimensions: ['period'],
  },
];

/** A run is some fifty calls of tools; the embedded database needs half a minute for them. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? (onServer ? 8 : 2));
const SEED = Number(process.env['PROPERTY_SEED'] ?? 26);

describe('a scenario that is merged', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '1000000' });
  });
  afterAll(() => world.close());

  const database = (): Database => world.app.app.get(Database);
  const call = async (connection: Connection, name: string, args: object): Promise<Json> => {
    const { result } = (await world.call(connection, name, args)).json;
    return { ...JSON.parse(result.content[0].text), isError: result.isError === true };
  };
  const scope = (tenant: TestTenant, planId?: string): ReturnType<typeof callScope> =>
    callScope({ orgId: tenant.orgId, tenantId: tenant.id, userId: 'usr_test', permissions: new Set(permissionsOfRole('owner')) }, planId);

  /** Every row of the world, less what counts its versions. */
  const rows = (tenant: TestTenant, planId?: string): Promise<Json> =>
    database().call(scope(tenant, planId), async (db) => {
      const found: Json = {};
      for (const table of [...ENTITIES, ...DERIVED])
        found[table] = (
          await db.query<{ row: string }[]>(
            `select (to_jsonb(x) - array['plan_id', 'version', 'created_at', 'updated_at'])::text as row from ${table} x where org_id = $1 order by 1`,
            [tenant.orgId],
          )
        ).map(({ row }) => row);
      return found;
    });
  const idsOf = (tenant: TestTenant, planId: string): Promise<Ids> =>
    database().call(scope(tenant, planId), (db) => idsIn(db, tenant.orgId));

  /** What read tools answer. */
  const answers = async (connection: Connection, ids: Ids, plan: { planId?: string }): Promise<unknown[]> => {
    const asked: [string, object][] = [
      ...QUESTIONS.map((question): [string, object] => ['query_analytics', { ...question, limit: 200 }]),
      ['search_employees', { status: 'all', limit: 50 }],
      ['search_vacancies', { limit: 50 }],
      ['search_contractors', { limit: 50 }],
      ['search_ai_agents', { limit: 50 }],
      ['search_projects', { limit: 50 }],
      ['get_org_tree', {}],
      ...(ids['employee'] ?? []).slice(0, 3).map((employeeId): [string, object] => ['get_employee_details', { employeeId }]),
      ...(ids['team'] ?? []).slice(0, 3).map((teamId): [string, object] => ['get_team_details', { teamId }]),
      ...(ids['project'] ?? []).slice(0, 2).map((projectId): [string, object] => ['get_project_details', { projectId }]),
    ];
    const given: unknown[] = [];
    for (const [tool, args] of asked) {
      const answer = await call(connection, tool, { ...args, ...plan });
      expect([tool, args, answer['isError'] && answer]).toEqual([tool, args, false]);
      given.push([tool, args, comparable(answer)]);
    }
    return given;
  };

  const actor = (tenant: TestTenant, userId: string): PageActor => {
    const rights = { userId, permissions: new Set(permissionsOfRole('owner')) };
    return { ...rights, orgId: tenant.orgId, tenantId: tenant.id, requestId: 'test', ip: '127.0.0.1' };
  };
  const approveAndMerge = async (tenant: TestTenant, ownerId: string, planId: string): Promise<void> => {
    const [plan] = await world.db.admin<{ hash: string }>('select content_hash as hash from platform.plan where id = $1', [planId]);
    const other = await createUser(world.db, 'owner', tenant.orgId);
    const acts = [['submit', ownerId] as const, ['approve', other.id] as const, ['merge', other.id] as const];
    for (const [act, who] of acts)
      await world.app.app.get(ReviewService).act(actor(tenant, who), planId, act, { contentHash: plan?.hash as string });
  };
  const reverse = (tenant: TestTenant, userId: string, planId: string): Promise<string> =>
    world.app.app.get(ReversalService).reverse(actor(tenant, userId), planId);

  it('is live then, row by row and answer by answer, whatever was changed in whatever organization; and its reversal gives all of it back', async () => {
    let done = 0;
    const used = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyFacts, fc.array(anyChange, { minLength: 4, maxLength: 14 }), async (facts, changes: AnyChange[]) => {
        const tenant = await world.tenant();
        await new CostOrganization({ database: database() } as Bench, tenant).load(facts);
        const connection = await world.connect(tenant);
        const { planId } = await call(connection, 'create_scenario', { title: 'Any' });
        for (const change of changes) {
          const { tool, args } = callOf(change, await idsOf(tenant, planId));
          const answer = await call(connection, tool, { ...args, planId });
          if (!answer['isError']) used.add(tool);
          else expect([tool, ['VALIDATION', 'NOT_FOUND', 'AMBIGUOUS'].includes(answer['code'])]).toEqual([tool, true]);
        }
        const changed = await world.db.admin('select from platform.plan_state where plan_id = $1', [planId]);
        if (changed.length === 0) return;
        const ids = await idsOf(tenant, planId);
        const unplanned = await rows(tenant);
        const before = { rows: await rows(tenant, planId), answers: await answers(connection, ids, { planId }) };
        await approveAndMerge(tenant, connection.user.id, planId);
        expect({ rows: await rows(tenant), answers: await answers(connection, ids, {}) }).toEqual(before);
        expect(await rows(tenant, planId)).toEqual(before.rows);
        const record = await call(connection, 'get_scenario', { planId });
        const diff = await call(connection, 'get_scenario_diff', { planId, limit: 50 });
        const touched = (record['changes'] as Json[]).reduce((sum, one) => sum + one['created'] + one['updated'] + one['deleted'], 0);
        expect([record['status'], touched, diff['isError']]).toEqual(['MERGED', changed.length, false]);
        expect(diff['items']).toHaveLength(Math.min(50, changed.length));
        const reversal = await reverse(tenant, connection.user.id, planId);
        expect(await rows(tenant, reversal)).toEqual(unplanned);
        await approveAndMerge(tenant, connection.user.id, reversal);
        expect(await rows(tenant)).toEqual(unplanned);
        done += 1;
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: false },
    );
    expect(done).toBeGreaterThan(RUNS / 2);
    expect(used.size).toBeGreaterThan(Math.min(15, 2 * RUNS));
  }, 600_000);
});

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (OF_THE_READING.has(key) ? [] : [[key, comparable(inner)]])));
}
