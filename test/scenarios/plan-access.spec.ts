import { newId } from '../../src/database';
import { createUser, TestTenant, TestUser } from '../support/people';
import { Connection, World } from '../mcp/world';

describe('a call that names a scenario', () => {
  let world: World;
  let acme: TestTenant;
  let owner: TestUser;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    acme = await world.tenant();
    owner = await createUser(world.db, 'member', acme.orgId);
  });
  afterAll(() => world.close());

  async function plan(status = 'DRAFT'): Promise<string> {
    const id = newId('plan');
    await world.db.admin(`insert into platform.plan (org_id, id, title, status, owner_id) values ($1, $2, 'Plan', $3, $4)`, [
      ...[acme.orgId, id, status, owner.id],
    ]);
    return id;
  }

  async function codeOf(connection: Connection, planId: string): Promise<string | undefined> {
    const { result } = (await world.call(connection, 'search_employees', { planId })).json;
    return result.isError ? JSON.parse(result.content[0].text).code : undefined;
  }

  it('MCP-4 is told of no scenario of another organization, nor of one that does not exist', async () => {
    const foreign = await world.connect(await world.tenant());
    const unknown = await world.call(foreign, 'search_employees', { planId: newId('plan') });
    const hidden = await world.call(foreign, 'search_employees', { planId: await plan() });
    const said = (answer: typeof hidden): object => ({ ...JSON.parse(answer.json.result.content[0].text), requestId: '' });
    expect(said(hidden)).toMatchObject({ code: 'NOT_FOUND' });
    expect(said(hidden)).toEqual(said(unknown));
  });

  it.each([
    ['its owner', 'DRAFT', true],
    ['member', 'DRAFT', false],
    ['manager', 'PENDING_APPROVAL', false],
    ['admin', 'DRAFT', true],
    ['assignee', 'DRAFT', true],
    ['approver', 'DRAFT', false],
    ['approver', 'REJECTED', false],
    ['approver', 'PENDING_APPROVAL', true],
    ['approver', 'MERGED', true],
  ])('reads it as %s in status %s: %s', async (who, status, sees) => {
    const planId = await plan(status);
    await world.db.admin(
      `insert into platform.role (org_id, name, permissions) values ($1, 'approver', '{people.read,scenarios.read,scenarios.approve}') on conflict do nothing`,
      [acme.orgId],
    );
    const user = who === 'its owner' ? owner : await createUser(world.db, who === 'assignee' ? 'member' : who, acme.orgId);
    if (who === 'assignee') await world.db.admin('insert into platform.plan_assignee values ($1, $2, $3)', [acme.orgId, planId, user.id]);
    const code = await codeOf(await world.connect(acme, { user }), planId);
    expect(code === 'NOT_FOUND').toBe(!sees);
  });

  it('needs scenarios.read, whatever it may read live', async () => {
    await world.db.admin(`insert into platform.role (org_id, name, permissions) values ($1, 'reader', '{people.read}')`, [acme.orgId]);
    expect(await codeOf(await world.connect(acme, { role: 'reader' }), await plan())).toBe('PERMISSION_DENIED');
    const narrowed = await world.connect(acme, { user: owner, scopes: ['openid', 'people.read'], narrowed: true });
    expect(await codeOf(narrowed, await plan())).toBe('SCOPE_MISSING');
  });
});
