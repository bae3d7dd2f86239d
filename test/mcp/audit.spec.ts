import { AuditService } from '../../src/audit';
import { CallRunner } from '../../src/mcp/call-runner';
import { marked } from './canaries';
import { Forger } from './forge';
import { abandon, eventually, pause } from './wire';
import { AuditRow, Connection, modernAsk, posted, World } from './world';

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

describe('the audit trail', () => {
  let world: World;
  let acme: Connection;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '200' });
    acme = await world.connect(await world.tenant(), { clientName: 'Claude' });
  });
  afterAll(() => world.close());

  it('AUD-2 says who, through what, what, how it ended and how long it took', async () => {
    const [event] = (await world.auditOf(() => world.call(acme, 'search_employees', { query: 'x', limit: 3 }))) as [AuditRow];
    expect(event).toMatchObject({
      tenant_id: acme.tenant.id,
      org_id: acme.tenant.orgId,
      user_id: acme.user.id,
      client_id: acme.clientId,
      client_name: 'Claude',
      grant_id: acme.grantId,
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      rpc_method: 'tools/call',
      tool: 'search_employees',
      argument_names: ['query', 'limit'],
      http_status: 200,
      ip: '127.0.0.1',
      id: expect.stringMatching(/^evt_[0-9a-f]{24}$/),
    });
    expect(event['latency_ms']).toBeGreaterThanOrEqual(0);
    const proxied = await world.auditOf(() =>
      world.post(acme, LIST, { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'Claude-User/1.0' }),
    );
    expect(proxied).toMatchObject([{ ip: '203.0.113.9', user_agent: 'Claude-User/1.0' }]);
  });

  it('AUD-3 ranks a token carried to another tenant high, a mere bad one medium', async () => {
    const globex = await world.connect(await world.tenant());
    const bare = { ...globex, host: world.host() };
    for (const at of [globex, bare]) {
      const events = await world.auditOf(() => world.post({ ...at, token: acme.token }, LIST));
      expect(events).toMatchObject([{ kind: 'auth.failure', severity: 'high', error_code: 'foreign_token', http_status: 401 }]);
    }
    const expired = new Forger(world, acme).signed({ exp: 1 });
    expect(await world.auditOf(() => world.post({ ...globex, token: expired }, LIST))).toMatchObject([{ severity: 'medium' }]);
    await world.db.admin('update platform.oauth_grant set revoked_at = clock_timestamp() where id = $1', [globex.grantId]);
    expect(await world.auditOf(() => world.post(globex, LIST))).toMatchObject([{ severity: 'medium', error_code: 'invalid_token' }]);
  });

  it('never holds a token, an amount, an argument or the name of a person', async () => {
    const one = await marked(world, 'Auditsong', '91919');
    const since = await world.mark();
    const secret = 'Sung Secretsong';
    for (const args of [
      { query: 'ZzAuditsongname' },
      { query: secret },
      { managerId: one.ids.email },
      { [secret]: 1 },
      { [`x`.repeat(80)]: secret },
    ]) {
      await world.call(one.owner, 'search_employees', args);
      await world.modern(one.owner, 'tools/call', { name: 'search_employees', arguments: args });
    }
    await world.call(one.owner, 'get_employee_details', { employeeId: one.ids.employee });
    await world.call(one.owner, 'rank_employees', { by: 'salary' });
    await world.call(one.owner, secret);
    await world.rpc(one.owner, one.owner.token);
    await world.rpc(one.owner, 'resources/read', { uri: `employee://${secret}` });
    await world.rpc(one.owner, 'resources/read', { uri: secret });
    await world.post({ ...one.owner, token: `${one.owner.token}x` }, LIST, { 'mcp-session-id': secret });
    const events = await since();
    expect(events.length).toBeGreaterThan(15);
    const rows = events.map(({ client_name, ...event }) => JSON.stringify(event)).join('\n');
    for (const word of [
      secret,
      'Secretsong',
      'Auditsongname',
      '91919',
      one.ids.email,
      one.owner.token,
      one.owner.token.split('.')[2] as string,
    ]) {
      expect(rows.toLowerCase()).not.toContain(word.toLowerCase());
    }
  });

  it('takes whatever a client calls itself, a tool or an argument', async () => {
    const texts = [
      'a\u0000b',
      '\ud800',
      'x\udfffy',
      `${'a'.repeat(255)}\ud83d\ude00`,
      '\u202e\u0007',
      '${jndi:ldap://x}',
      `'); drop table platform.audit_event; --`,
    ];
    const audit = world.app.app.get(AuditService);
    for (const text of texts) {
      const fields = {
        clientId: text,
        clientName: text,
        userAgent: text,
        tool: text,
        rpcMethod: text,
        requestId: text,
        errorCode: text,
        argumentNames: [text],
        details: { text },
      };
      expect(await world.auditOf(() => audit.record({ kind: 'mcp.request', outcome: 'ok', ...fields }))).toHaveLength(1);
      const [event] = await world.auditOf(() => world.call(acme, text, { [text]: 1 }));
      expect(event).toMatchObject({ tool: '(not a name)', argument_names: ['(not a name)'] });
    }
    expect(await world.auditOf(() => world.post(acme, LIST, { 'user-agent': '\u00ff\u00fe'.repeat(2_000) }))).toHaveLength(1);
  });

  it('has the event before the client has the answer', async () => {
    const audit = world.app.app.get(AuditService);
    const original = audit.record.bind(audit);
    const slow = jest.spyOn(audit, 'record').mockImplementation(async (event) => {
      await pause(150);
      return original(event);
    });
    const asks = [
      () => world.call(acme, 'get_organization_context'),
      () => world.rpc(acme, 'ping'),
      () => world.post({ ...acme, token: 'x' }, LIST),
    ];
    for (const ask of asks) {
      const since = await world.mark();
      await ask();
      expect(await since()).toHaveLength(1);
    }
    slow.mockRestore();
  });

  it('carries in one commit what comes together, in order; what cannot be written harms nothing beside it', async () => {
    const audit = world.app.app.get(AuditService);
    const numbers = [...Array(50).keys()];
    const together = (broken?: number): Promise<AuditRow[]> =>
      world.auditOf(async () => {
        const record = (number: number): Promise<void> =>
          audit.record({ kind: 'mcp.request', outcome: 'ok', httpStatus: number === broken ? 1e6 : 200, details: { number } });
        const settled = await Promise.allSettled(numbers.map(record));
        expect(settled.flatMap(({ status }, number) => (status === 'rejected' ? [number] : []))).toEqual([broken ?? []].flat());
      });
    const events = await together();
    expect(events.map(({ details }) => details.number)).toEqual(numbers);
    expect(new Set(events.map((event) => event['transaction_id'])).size).toBe(2);
    expect((await together(7)).map(({ details }) => details.number)).toEqual(numbers.filter((number) => number !== 7));
  });

  it('knows of a call whose client did not wait for the answer', async () => {
    const runner = world.app.app.get(CallRunner);
    const original = runner.tool.bind(runner);
    const slow = jest.spyOn(runner, 'tool').mockImplementation(async (...args) => {
      await pause(200);
      return original(...args);
    });
    const params = { name: 'get_organization_context' };
    for (const ask of [posted(acme, { ...LIST, method: 'tools/call', params }), modernAsk(acme, 'tools/call', params)]) {
      const since = await world.mark();
      await abandon(world.app.port, ask, 100);
      await eventually('the event', async () => (await since()).length > 0);
      await pause(200);
      expect(await since()).toMatchObject([{ rpc_method: 'tools/call', tool: 'get_organization_context', error_code: 'CANCELLED' }]);
    }
    slow.mockRestore();
  });

  it('fails closed: when it cannot be written nothing is told, and nothing of why', async () => {
    const own = await World.start();
    const one = await marked(own, 'Closedsong', '71717');
    await own.db.admin('revoke insert on platform.audit_event from flowstate_audit');
    const args = { name: 'get_employee_details', arguments: { employeeId: one.ids.employee } };
    const ask = posted(
      one.owner,
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { ...args, _meta: { progressToken: 1 } } },
      { 'mcp-protocol-version': '2025-06-18' },
    );
    for (const answer of [
      await own.rpc(one.owner, 'tools/call', args),
      await own.modern(one.owner, 'tools/call', args),
      await own.send(ask),
    ]) {
      expect(answer.body).toContain('-32603');
      expect(answer.body).not.toMatch(/Closedsong|71717|audit_event|permission denied|insert/);
    }
    expect((await own.post({ ...one.owner, token: 'x' }, LIST)).status).toBe(401);
    await own.db.admin('grant insert on platform.audit_event to flowstate_audit');
    expect((await own.rpc(one.owner, 'tools/call', args)).body).toContain('71717');
    await own.close();
  });
});
