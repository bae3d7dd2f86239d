import { Database } from '../../src/database';
import { startApp, TestApp } from '../support/app';
import { connect, Connection, refresh, revoke } from '../support/oauth-flow';
import { createTenant, createUser } from '../support/people';

/** What the experiments found missing in the audit trail, each in small. */
describe('the audit trail when something dies under it', () => {
  let app: TestApp;
  let connection: Connection;
  let origin: string;
  beforeAll(async () => {
    app = await startApp();
    const tenant = await createTenant(app.db);
    origin = app.origin(tenant.slug);
    connection = await connect(origin, await createUser(app.db, 'member', tenant.orgId));
  });
  afterAll(() => app.close());
  afterEach(() => jest.restoreAllMocks());

  const kinds = async (): Promise<string[]> =>
    (await app.db.admin<{ kind: string }>('select kind from audit_event order by seq')).map(({ kind }) => kind);

  it('AUD-6 has the event whose connection broke under the insert, once', async () => {
    const before = (await kinds()).length;
    const database = app.app.get(Database);
    const write = database.audit.bind(database);
    jest.spyOn(database, 'audit').mockImplementationOnce(async (sql, parameters) => {
      await write(sql, parameters); // the commit arrived, only the answer did not
      throw Object.assign(new Error('read'), { code: 'ECONNRESET' });
    });
    expect((await refresh(origin, connection.client, connection.refresh_token)).status).toBe(200);
    jest.spyOn(database, 'audit').mockRejectedValueOnce(Object.assign(new Error('terminated'), { code: '57P01' }));
    expect((await refresh(origin, connection.client, connection.refresh_token)).status).toBe(200);
    expect((await kinds()).slice(before)).toEqual(['token.issued', 'token.issued']);
  });

  it('AUD-6 has an event for a revocation that is asked for again, because the first one’s may have died with its process', async () => {
    const before = (await kinds()).length;
    for (let time = 0; time < 2; time += 1) expect((await revoke(origin, connection.client, connection.refresh_token)).status).toBe(200);
    expect((await kinds()).slice(before)).toEqual(['grant.revoked', 'grant.revoked']);
  });
});
