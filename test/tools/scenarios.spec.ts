import { newId } from '../../src/database';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from './desk';

describe('list_scenarios', () => {
  let world: World;
  let desk: Desk;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
  });
  afterAll(() => world.close());

  async function plan(title: string, owner: string, status = 'DRAFT', more: { at?: string; source?: string } = {}): Promise<string> {
    const id = newId('plan');
    const { user } = await desk.connection(owner);
    await world.db.admin(
      `insert into platform.plan (org_id, id, title, status, owner_id, source_plan_id, updated_at) values ($1, $2, $3, $4, $5, $6, coalesce($7, now()))`,
      [desk.org.id, id, title, status, user.id, more.source ?? null, more.at ?? null],
    );
    return id;
  }
  const titles = async (who: string, args: object = {}): Promise<string[]> =>
    (await desk.ask(who, 'list_scenarios', args)).items.map(({ title }: Json) => title);

  it('is empty where there are none', async () => {
    expect(await desk.ask('viewer', 'list_scenarios')).toEqual({ items: [], hasMore: false });
  });

  describe('with some', () => {
    let first: string;
    beforeAll(async () => {
      first = await plan('Hire in Kraków', 'member', 'DRAFT', { at: '2026-01-01T08:00:00Z' });
      await plan('Copy', 'member', 'PENDING_APPROVAL', { at: '2026-01-02T08:00:00Z', source: first });
      await plan('Secret', 'manager', 'DRAFT', { at: '2026-01-03T08:00:00Z' });
      await plan('Done', 'manager', 'MERGED', { at: '2026-01-04T08:00:00Z' });
    });

    it('shows each user what they may see, last changed first', async () => {
      expect(await titles('member')).toEqual(['Copy', 'Hire in Kraków']);
      expect(await titles('manager')).toEqual(['Done', 'Secret']);
      expect(await titles('viewer')).toEqual([]);
      for (const role of ['admin', 'finance', 'owner']) expect(await titles(role)).toEqual(['Done', 'Secret', 'Copy', 'Hire in Kraków']);
      const secret = (await desk.ask('owner', 'list_scenarios', { query: 'secret' })).items[0].id;
      await world.db.admin('insert into platform.plan_assignee values ($1, $2, $3)', [
        desk.org.id,
        secret,
        (await desk.connection('viewer')).user.id,
      ]);
      expect(await titles('viewer')).toEqual(['Secret']);
    });

    it('names owner, source and revision, with ids that other tools take', async () => {
      const { user } = await desk.connection('member');
      const { items } = await desk.ask('member', 'scenario.list', { status: 'PENDING_APPROVAL' });
      expect(items).toEqual([
        {
          id: expect.stringMatching(/^plan_/),
          title: 'Copy',
          type: 'what_if',
          status: 'PENDING_APPROVAL',
          owner: { id: user.id, name: `Person ${user.id}` },
          rev: 0,
          sourcePlanId: first,
          updatedAt: '2026-01-02T08:00:00Z',
        },
      ]);
    });

    it('can be asked by part of the title, status and owner, and over pages', async () => {
      expect(await titles('owner', { query: 'krakow' })).toEqual(['Hire in Kraków']);
      expect(await titles('owner', { query: '%' })).toEqual([]);
      expect(await titles('owner', { status: 'DRAFT' })).toEqual(['Secret', 'Hire in Kraków']);
      expect(await titles('owner', { mine: true })).toEqual([]);
      expect(await titles('manager', { mine: true })).toEqual(['Done', 'Secret']);
      const pages = await desk.pages('owner', 'list_scenarios', { limit: 1 });
      expect(pages.map(({ title }: Json) => title)).toEqual(['Done', 'Secret', 'Copy', 'Hire in Kraków']);
      expect((await desk.ask('owner', 'list_scenarios', { status: 'draft' })).code).toBe('VALIDATION');
    });

    it('has nothing of another organization', async () => {
      const other = await Desk.open(world);
      expect((await other.ask('owner', 'list_scenarios')).items).toEqual([]);
      const { nextCursor } = await desk.ask('owner', 'list_scenarios', { limit: 1 });
      expect((await other.ask('owner', 'list_scenarios', { limit: 1, cursor: nextCursor })).code).toBe('VALIDATION');
    });
  });

  it('needs scenarios.read', async () => {
    expect((await desk.ask(['org.read'], 'list_scenarios')).code).toBe('PERMISSION_DENIED');
  });
});
