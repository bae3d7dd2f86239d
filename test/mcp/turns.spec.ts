import { setTimeout as pause } from 'node:timers/promises';
import { itOnServer } from '../support/database';
import { Desk } from '../tools/desk';
import { World } from './world';

/** A pool of five: four for calls, three for those of a tenant, two for those of a user. */
describe('a user with many calls that take long', () => {
  let world: World;
  let acme: Desk;
  let globex: Desk;
  beforeAll(async () => {
    world = await World.start({ DATABASE_POOL: '5' });
    [acme, globex] = [await Desk.open(world), await Desk.open(world)];
    for (const who of ['viewer', 'member', 'manager']) await acme.done('get_my_access', {}, who);
    await globex.done('get_my_access', {});
  });
  afterAll(() => world.close());

  const waiting = `select from pg_stat_activity where usename = 'flowstate_mcp' and datname = current_database() and wait_event_type = 'Lock'`;

  itOnServer(
    'keeps neither another tenant nor a colleague waiting, and is told to come back',
    async () => {
      const many = (who: string): Promise<string[]> =>
        Promise.all(Array.from({ length: 12 }, async () => (await acme.ask(who, 'search_ai_agents')).code ?? 'done'));
      const waitFor = async (count: number): Promise<void> => {
        while ((await world.db.admin(waiting)).length < count) await pause(20);
      };
      const [first, second] = await acme.org.write(async (db) => {
        await db.query('lock table ai_agent in access exclusive mode');
        const flood = many('viewer');
        await waitFor(2);
        await Promise.all([acme.done('get_my_access', {}, 'member'), ...Array.from({ length: 8 }, () => globex.done('get_my_access', {}))]);
        const another = many('manager');
        await waitFor(3);
        await globex.done('get_my_access', {});
        expect(await world.db.admin(waiting)).toHaveLength(3);
        return Promise.all([flood, another]);
      });
      expect(new Set([...first, ...second])).toEqual(new Set(['UNAVAILABLE']));
      expect(await acme.ask('viewer', 'search_ai_agents')).not.toHaveProperty('code');
    },
    30_000,
  );
});
