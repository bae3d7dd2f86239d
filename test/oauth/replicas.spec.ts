import { startApp, TestApp } from '../support/app';
import { itOnServer, TestDatabase, testDatabase } from '../support/database';
import { authorize, Client, connect, decodeJwt, pkce, redeem, refresh, register, revoke, statusAt, Tokens } from '../support/oauth-flow';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';

describe('tokens with several replicas', () => {
  let db: TestDatabase;
  let apps: TestApp[];
  let tenant: TestTenant;
  let user: TestUser;
  let client: Client;
  beforeAll(async () => {
    db = await testDatabase();
    apps = [await startApp({ TRUST_PROXY: '127.0.0.1' }, db)];
    tenant = await createTenant(db);
    user = await createUser(db, 'member', tenant.orgId);
    client = await register(origin(0));
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
    await db.drop();
  });

  const origin = (at: number): string => apps[at % apps.length]!.origin(tenant.slug);
  const second = async (): Promise<void> => void (apps.length === 1 && apps.push(await startApp({ TRUST_PROXY: '127.0.0.1' }, db)));

  itOnServer('TOK-8 redeems a code once, wherever it is presented', async () => {
    await second();
    for (let round = 0; round < 10; round++) {
      const { verifier, challenge } = pkce();
      const code = (await authorize(origin(0), user, client, challenge)).answer['code']!;
      const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => redeem(origin(at), client, code, verifier)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    }
  });

  itOnServer('RT-3 gives parallel refreshes on all replicas the same successor', async () => {
    await second();
    const first = await connect(origin(0), user, { client });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => refresh(origin(at), client, first.refresh_token)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const successors = await Promise.all(answers.map(async (answer) => ((await answer.json()) as Tokens).refresh_token));
    expect(new Set(successors).size).toBe(1);
    expect(
      await db.admin('select seq from platform.refresh_token where grant_id = $1', [decodeJwt(first.access_token).claims['gid']]),
    ).toHaveLength(2);
  });

  itOnServer('RT-8 leaves nothing alive after a revocation on another replica', async () => {
    await second();
    for (let round = 0; round < 20; round++) {
      const first = await connect(origin(0), user, { client });
      const racing = Array.from({ length: 4 }, (_, at) => refresh(origin(at), client, first.refresh_token));
      expect((await revoke(origin(1), client, first.refresh_token)).status).toBe(200);
      for (const [at, answer] of (await Promise.all(racing)).entries()) {
        if (answer.status === 200) expect(await statusAt(origin(at), ((await answer.json()) as Tokens).access_token)).toBe(401);
      }
    }
  });
});
