import { GateService } from '../../src/access';
import { OpenStreams } from '../../src/mcp';
import { Forger } from './forge';
import { abandon, Ask, eventually, open, pause, Stream } from './wire';
import { Connection, modernAsk, streamAsk, World } from './world';

const LISTEN = { notifications: { toolsListChanged: true } };

describe('streams that stay open', () => {
  let world: World;
  const size = (): number => world.app.app.get(OpenStreams).size;
  beforeAll(async () => void (world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' })));
  afterAll(() => world.close());
  afterEach(() => eventually('all streams are forgotten', () => size() === 0));

  const eras: [string, (connection: Connection) => Ask, string][] = [
    ['GET', streamAsk, ': open'],
    [
      'subscriptions/listen',
      (connection) => modernAsk(connection, 'subscriptions/listen', LISTEN),
      'notifications/subscriptions/acknowledged',
    ],
  ];

  describe.each(eras)('%s', (_, ask, opening) => {
    const openStream = (connection: Connection): Promise<Stream> => open(world.app.port, ask(connection));

    it('opens as an event stream that no proxy holds back, audited once', async () => {
      const connection = await world.connect(await world.tenant());
      const since = await world.mark();
      const stream = await openStream(connection);
      await stream.until(opening);
      expect(stream.status).toBe(200);
      expect(stream.headers).toMatchObject({
        'content-type': 'text/event-stream',
        'x-accel-buffering': 'no',
        'x-ratelimit-limit': '100000',
      });
      expect(stream.headers['cache-control']).toMatch(/no-store|no-cache/);
      expect(await since()).toMatchObject([{ kind: 'mcp.request', outcome: 'ok', http_status: 200, user_id: connection.user.id }]);
      expect(size()).toBe(1);
      stream.hangUp();
    });

    it('says that the lists may have changed when access changes and stays', async () => {
      const connection = await world.connect(await world.tenant(), { role: 'viewer' });
      const other = await openStream(await world.connect(await world.tenant()));
      const stream = await openStream(connection);
      await stream.until(opening);
      await world.db.admin(`update platform.membership set role = 'finance' where user_id = $1`, [connection.user.id]);
      await stream.until('notifications/tools/list_changed');
      expect(other.text()).not.toContain('list_changed');
      stream.hangUp();
      other.hangUp();
    });

    const cuts: [string, string, (one: Connection) => unknown[]][] = [
      ['the toggle', `update platform.tenant set features = '{"mcp_external_access": false}' where id = $1`, ({ tenant }) => [tenant.id]],
      ['the plan', `update platform.tenant set plan = 'free' where id = $1`, ({ tenant }) => [tenant.id]],
      ['the tenant', `update platform.tenant set status = 'suspended' where id = $1`, ({ tenant }) => [tenant.id]],
      ['the grant', `update platform.oauth_grant set revoked_at = clock_timestamp() where id = $1`, ({ grantId }) => [grantId]],
      ['the membership', `delete from platform.membership where user_id = $1`, ({ user }) => [user.id]],
      ['the account', `update platform.app_user set status = 'disabled' where id = $1`, ({ user }) => [user.id]],
    ];
    it.each(cuts)('is closed within a second when %s is cut, on a tenant host and on the bare one', async (_, sql, parameters) => {
      for (const bare of [false, true]) {
        const [cut, spared] = [await world.connect(await world.tenant(), { bare }), await world.connect(await world.tenant(), { bare })];
        const [stream, other] = [await openStream(cut), await openStream(spared)];
        await stream.until(opening);
        let closed = false;
        void stream.ended.then(() => (closed = true));
        await world.db.admin(sql, parameters(cut));
        await eventually('the stream is closed', () => closed);
        expect(size()).toBe(1);
        other.hangUp();
        await eventually('the other hung up', () => size() === 0);
      }
    });

    it('is forgotten when its client hangs up, even before it was opened', async () => {
      const connection = await world.connect(await world.tenant());
      const gates = world.app.app.get(GateService);
      const original = gates.read.bind(gates);
      const slow = jest.spyOn(gates, 'read').mockImplementation(async (...args) => {
        await pause(50);
        return original(...args);
      });
      const since = await world.mark();
      await Promise.all([5, 10, 20, 30, 40].map((after) => abandon(world.app.port, ask(connection), after)));
      await eventually('each is in the audit trail', async () => (await since()).length === 5);
      for (let round = 0; round < 5; round += 1) (await openStream(connection)).hangUp();
      slow.mockRestore();
      await eventually('nothing is left open', () => size() === 0);
    });

    it('takes a hang-up while its access is judged again', async () => {
      const connection = await world.connect(await world.tenant());
      const gates = world.app.app.get(GateService);
      const original = gates.recheck.bind(gates);
      for (const verdict of ['stays', 'ends']) {
        let asked = false;
        const slow = jest.spyOn(gates, 'recheck').mockImplementation(async (access) => {
          asked = true;
          await pause(100);
          return verdict === 'stays' ? original(access) : undefined;
        });
        const stream = await openStream(connection);
        await world.db.admin(`update platform.membership set role = 'viewer' where user_id = $1`, [connection.user.id]);
        await eventually('it is judged', () => asked);
        stream.hangUp();
        await pause(150);
        slow.mockRestore();
      }
      expect((await world.rpc(connection, 'tools/list')).status).toBe(200);
    });

    it('is one of eight at most of a connection: the oldest gives way', async () => {
      const connection = await world.connect(await world.tenant());
      const streams: Stream[] = [];
      for (let count = 0; count < 10; count += 1) streams.push(await openStream(connection));
      await Promise.all(streams.slice(0, 2).map(({ ended }) => ended));
      expect(size()).toBe(8);
      streams.slice(2).forEach((stream) => stream.hangUp());
    });
  });

  it('cannot be opened by a client that would not read it', async () => {
    const connection = await world.connect(await world.tenant());
    const stream = await world.open(connection, { accept: 'application/json' });
    await stream.ended;
    expect([stream.status, JSON.parse(stream.text()).error.code]).toEqual([406, -32000]);
  });

  it('acknowledge what can be heard of, and end at once where that is nothing', async () => {
    const connection = await world.connect(await world.tenant());
    const nothing = await world.openModern(connection, 'subscriptions/listen', { notifications: {} });
    await nothing.ended;
    expect(nothing.text()).toContain('"notifications":{}');
    const invalid = await world.auditOf(async () =>
      expect((await world.modern(connection, 'subscriptions/listen')).json.error.code).toBe(-32602),
    );
    expect(invalid).toMatchObject([{ outcome: 'refused', error_code: 'rpc_-32602' }]);
  });

  it('end with their token', async () => {
    const connection = await world.connect(await world.tenant());
    const token = new Forger(world, connection).signed({ exp: Math.floor(Date.now() / 1000) + 1 });
    const stream = await world.open({ ...connection, token });
    await stream.ended;
    expect(stream.text()).toContain(': open');
  });

  it('do not keep the process from stopping', async () => {
    const passing = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    const connection = await passing.connect(await passing.tenant());
    const streams = [await passing.open(connection), await passing.openModern(connection, 'subscriptions/listen', LISTEN)];
    const started = Date.now();
    await passing.close();
    await Promise.all(streams.map(({ ended }) => ended));
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(streams[1]?.text()).toContain('"resultType":"complete"');
  });
});
