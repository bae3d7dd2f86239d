import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { itOnServer } from '../support/database';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from '../tools/desk';

/** Calls that change scenarios while somebody else writes what they need. */
describe('a call that meets another write', () => {
  let world: World;
  let desk: Desk;
  let team: string;
  let planId: string;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    team = await desk.org.team('Platform');
  });
  beforeEach(async () => {
    planId = (await desk.done('create_scenario', { title: 'Busy' })).planId;
  });
  afterAll(() => world.close());

  const move = (db: EntityManager, description: string): Promise<unknown> =>
    db.query('update team set description = $3 where org_id = $1 and id = $2', [desk.org.id, team, description]);
  const plans = (): Promise<Json[]> =>
    world.db.admin<Json>('select id, rev from platform.plan where org_id = $1 order by id', [desk.org.id]);
  const again = { code: 'PLAN_MOVED', retryable: true, hint: 'Call again in a moment with the same arguments.' };

  describe('copying a scenario', () => {
    itOnServer('is told to ask again while a live write holds a row of it, and then done', async () => {
      await desk.done('update_team', { planId, teamId: team, name: 'Core' });
      const copy = { title: 'Copy', sourcePlanId: planId, idempotencyKey: `copy ${planId}` };
      const before = await plans();
      let told: Promise<Json> = Promise.resolve({});
      await desk.org.write(async (db) => {
        await db.query('select from team where org_id = $1 and id = $2 for update', [desk.org.id, team]);
        told = desk.ask('owner', 'create_scenario', copy);
        await Promise.race([told, pause(1_000)]);
      });
      expect(await told).toMatchObject(again);
      expect(await plans()).toEqual(before);
      expect((await desk.done('create_scenario', copy)).planRev).toBe(1);
    });

    it('says that live has deleted a row of it, and what to do', async () => {
      const gone = await desk.org.team('Gone');
      await desk.done('update_team', { planId, teamId: gone, name: 'Planned' });
      await desk.org.edit('delete from team where org_id = $1 and id = $2', gone);
      expect(await desk.ask('owner', 'create_scenario', { title: 'Copy', sourcePlanId: planId })).toMatchObject({
        code: 'CONFLICTS_PRESENT',
        hint: expect.stringContaining('rebase_scenario'),
      });
    });
  });

  describe('deleting a scenario twice at once', () => {
    const both = (...more: object[]): Promise<Json[]> =>
      Promise.all(more.map((one) => desk.ask('owner', 'delete_scenario', { planId, ...one })));

    it('gives both the same answer where they have one key', async () => {
      for (let round = 0; round < 5; round += 1) {
        await desk.done('add_team', { planId, name: 'Planned' });
        const answers = await both(...Array.from({ length: 4 }, () => ({ idempotencyKey: `delete ${planId}` })));
        expect(answers).toEqual(answers.map(() => ({ planId, title: 'Busy', changes: 1 })));
        planId = (await desk.done('create_scenario', { title: 'Busy' })).planId;
      }
    });

    it('says to the late one that there is no such scenario where they have none', async () => {
      for (let round = 0; round < 5; round += 1) {
        const codes = (await both({}, { idempotencyKey: `one ${planId}` }, { idempotencyKey: `other ${planId}` })).map(({ code }) => code);
        expect(codes.sort()).toEqual(['NOT_FOUND', 'NOT_FOUND', undefined]);
        planId = (await desk.done('create_scenario', { title: 'Busy' })).planId;
      }
    });

    it('says the same to a change that comes too late', async () => {
      const [, late] = await Promise.all([
        desk.done('delete_scenario', { planId }),
        pause(5).then(() => desk.ask('owner', 'add_team', { planId, name: 'Late' })),
      ]);
      expect([undefined, 'NOT_FOUND']).toContain(late['code']);
    });
  });

  describe('during a long import', () => {
    const TOOLS: readonly [string, () => object][] = [
      ['update_team', () => ({ planId, teamId: team, name: 'Core' })],
      ['apply_scenario_changes', () => ({ planId, changes: [{ tool: 'add_team', arguments: { name: 'New' } }] })],
      ['create_scenario', () => ({ title: 'Copy', sourcePlanId: planId })],
      ['delete_scenario', () => ({ planId })],
    ];

    itOnServer(
      'is given up after four seconds with a sentence that says to ask again, and nothing half written',
      async () => {
        await desk.done('add_team', { planId, name: 'Planned' });
        const before = await plans();
        const told = await desk.org.write(async (db) => {
          await db.query(`select set_config('idle_in_transaction_session_timeout', '60000', true), lock_rules($1)`, [desk.org.id]);
          await move(db, 'imported');
          // One after the other: they would wait for each other, too.
          const answers: Json[] = [];
          for (const [tool, args] of TOOLS) answers.push(await desk.ask('owner', tool, { ...args(), idempotencyKey: `${tool} ${planId}` }));
          return answers;
        });
        expect(told).toEqual(TOOLS.map(() => expect.objectContaining(again)));
        expect(told.map(({ message }) => message)).toEqual(
          TOOLS.map(() => expect.stringMatching(/is just being written by somebody else, an import for instance\. Nothing was changed\.$/)),
        );
        expect(await plans()).toEqual(before);
        expect(await world.db.admin('select key from platform.plan_request where plan_id = $1', [planId])).toEqual([]);
        for (const [tool, args] of TOOLS) await desk.done(tool, { ...args(), idempotencyKey: `${tool} ${planId}` });
      },
      60_000,
    );
  });
});
