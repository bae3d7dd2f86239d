import { startApp, TestApp } from '../support/app';
import { itOnServer, TestDatabase, testDatabase } from '../support/database';
import { authorize, authorizeUrl, Client, connect, pkce, redeem, refresh, register, revoke, statusAt, Tokens } from '../support/oauth-flow';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';
import { onServer } from '../support/server';
import { Cut, DatabaseLine } from './database-line';

/** The product with a line to its database that is really cut; the embedded database has none. */
describe('when the database goes away', () => {
  let db: TestDatabase;
  let line: DatabaseLine;
  let app: TestApp;
  let tenant: TestTenant;
  let user: TestUser;
  let client: Client;
  let origin: string;
  const start = async (): Promise<void> => {
    app = await startApp({ DATABASE_URL: line.url, BASE_DOMAIN: '' }, db);
    origin = app.origin(tenant.slug);
  };
  beforeAll(async () => {
    if (!onServer) return;
    db = await testDatabase();
    line = await DatabaseLine.open(db.url);
    tenant = await createTenant(db);
    await start();
    user = await createUser(db, 'member', tenant.orgId);
    client = await register(origin);
  });
  afterAll(async () => {
    if (!onServer) return;
    await app.close();
    await line.down();
    await db.drop();
  });

  const { challenge, verifier } = pkce();
  const toldToComeBack = async (response: Response): Promise<void> => {
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  };
  /** As clients do: again while the server asks for it. */
  const patiently = async (ask: () => Promise<Response>): Promise<Response> => {
    for (let tries = 0; ; tries += 1) {
      const response = await ask();
      if (response.status < 500 || tries === 20) return response;
      await response.arrayBuffer();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  itOnServer('TOK-13 asks for another try at every endpoint, and has half done nothing when it is back', async () => {
    const bare = app.origin();
    const there = await connect(bare, user);
    const here = await connect(origin, user, { client });
    const code = (await authorize(origin, user, client, challenge)).answer['code']!;
    await line.down();
    for (const response of [
      await redeem(origin, client, code, verifier),
      await refresh(origin, client, here.refresh_token),
      await refresh(bare, there.client, there.refresh_token),
      await revoke(bare, there.client, there.refresh_token),
    ]) {
      await toldToComeBack(response);
      expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' });
    }
    const page = await fetch(authorizeUrl(bare, there.client, challenge));
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    await toldToComeBack(page);
    await line.mend();
    expect((await patiently(() => redeem(origin, client, code, verifier))).status).toBe(200);
    expect((await patiently(() => refresh(origin, client, here.refresh_token))).status).toBe(200);
    expect((await patiently(() => refresh(bare, there.client, there.refresh_token))).status).toBe(200);
    expect(await statusAt(bare, there.access_token)).toBe(200);
  });

  /** Cuts a refresh at its first message to the database, its second, and so on, until one goes through uncut. */
  const refreshCutEverywhere = async (side: Cut): Promise<number> => {
    let first: Tokens = await connect(origin, user, { client });
    for (let message = 1; message < 60; message += 1) {
      line.cutAt(message, side);
      const cut = await refresh(origin, client, first.refresh_token);
      const happened = line.wasCut();
      if (!happened) {
        expect(cut.status).toBe(200);
        return message - 1;
      }
      expect([message, [200, 503].includes(cut.status)]).toEqual([message, true]);
      const again = await patiently(() => refresh(origin, client, first.refresh_token));
      expect([message, again.status]).toEqual([message, 200]);
      const second = (await again.json()) as Tokens;
      if (cut.status === 200) expect(((await cut.json()) as Tokens).refresh_token).toBe(second.refresh_token);
      const third = await patiently(() => refresh(origin, client, second.refresh_token));
      expect([message, third.status, await statusAt(origin, second.access_token)]).toEqual([message, 200, 200]);
      first = (await third.json()) as Tokens;
    }
    throw new Error('A refresh does not take so many statements.');
  };

  itOnServer.each<Cut>(['before', 'after'])('RT-7 cut %s any message of a refresh, either the old or the new token works', async (side) => {
    expect(await refreshCutEverywhere(side)).toBeGreaterThan(8);
  });

  itOnServer('RT-7 restarted between rotation and answer, the old token gets the same successor, and that one works', async () => {
    const first = await connect(origin, user, { client });
    const second = (await (await refresh(origin, client, first.refresh_token)).json()) as Tokens;
    const before = origin;
    await app.close();
    await start();
    expect(origin).not.toBe(before);
    const again = await refresh(origin, client, first.refresh_token);
    expect([again.status, ((await again.json()) as Tokens).refresh_token]).toEqual([200, second.refresh_token]);
    expect((await refresh(origin, client, second.refresh_token)).status).toBe(200);
  });

  itOnServer('TOK-13 asks for another try where a statement takes too long, and the token it came with still works', async () => {
    const tokens = await connect(origin, user, { client });
    await db.admin(`create function platform.slowly() returns trigger language plpgsql as 'begin perform pg_sleep(30); return new; end'`);
    await db.admin('create trigger slowly before insert on platform.refresh_token for each row execute function platform.slowly()');
    try {
      await toldToComeBack(await refresh(origin, client, tokens.refresh_token));
    } finally {
      await db.admin('drop function platform.slowly() cascade');
    }
    expect((await refresh(origin, client, tokens.refresh_token)).status).toBe(200);
  });

  itOnServer('RT-9 says that a revocation was cut off, and revokes when asked again', async () => {
    for (let message = 1; message < 60; message += 1) {
      const tokens = await connect(origin, user, { client });
      line.cutAt(message, 'before');
      const response = await revoke(origin, client, tokens.refresh_token);
      if (!line.wasCut()) return expect([response.status, message > 5]).toEqual([200, true]);
      expect([
        message,
        response.status === 503 || (response.status === 200 && (await statusAt(origin, tokens.access_token)) === 401),
      ]).toEqual([message, true]);
      expect((await patiently(() => revoke(origin, client, tokens.refresh_token))).status).toBe(200);
      expect(await statusAt(origin, tokens.access_token)).toBe(401);
    }
  });
});
