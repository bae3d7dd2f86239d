import { once } from 'node:events';
import { connect } from 'node:net';
import { startApp, TestApp } from '../support/app';
import { authorizeUrl, pkce, register } from '../support/oauth-flow';
import { createTenant } from '../support/people';

/** The hang-up has to meet the moment between the gate's refusal and the end of its answer, whose audit event takes some milliseconds. */
const ROUNDS = 20;

describe('a client that hangs up before it is answered', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  async function askAndLeave(address: string, afterMs: number): Promise<void> {
    const { host, pathname, search } = new URL(address);
    const socket = connect({ port: app.port, host: 'localhost' });
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, () => setTimeout(() => socket.destroy(), afterMs));
    await once(socket, 'close');
  }

  // Fastify goes on after a hook's promise when the connection is gone, whether or not the hook has refused the request.
  it('TEN-6 gets nothing done behind a gate that refused it', async () => {
    const tenant = await createTenant(app.db);
    const client = await register(app.origin(tenant.slug));
    const url = authorizeUrl(app.origin(tenant.slug), client, pkce().challenge);
    await app.db.admin('update platform.tenant set features = $2 where id = $1', [tenant.id, { mcp_external_access: false }]);
    for (let round = 0; round < ROUNDS; round += 1) await askAndLeave(url, round);
    const refused = (): Promise<object[]> => app.db.admin("select 1 from platform.audit_event where error_code = 'mcp_disabled'");
    while ((await refused()).length < ROUNDS) await new Promise((resolve) => setTimeout(resolve, 20));
    // Whatever else was started for those requests has had its turn when a later one is through.
    expect((await fetch(url)).status).toBe(403);
    expect(await app.db.admin('select 1 from platform.authorization_request where realm = $1', [tenant.id])).toEqual([]);
  });
});
