import { createHash, randomBytes } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import { Client, refresh, statusAt, Tokens } from '../support/oauth-flow';
import { createTenant, createUser } from '../support/people';
import { onServer } from '../support/server';

/**
 * As many as a pool of five has to queue, and serves in half of the five seconds that a request waits for a connection on two
 * slow processors with nothing else to do; how long they wait is for the benchmark to say. The embedded database has one session.
 */
const CLIENTS = onServer ? 300 : 40;

describe('a crowd of clients whose tokens end at the same moment', () => {
  let app: TestApp;
  let origin: string;
  let crowd: { client: Client; token: string }[];
  beforeAll(async () => {
    app = await startApp({ RATE_LIMIT_PER_MINUTE: '100000' });
    const tenant = await createTenant(app.db);
    origin = app.origin(tenant.slug);
    const user = await createUser(app.db, 'member', tenant.orgId);
    crowd = Array.from({ length: CLIENTS }, () => ({
      client: { id: `mcp_${randomBytes(16).toString('hex')}`, redirectUri: 'http://127.0.0.1/cb' },
      token: `fsr_${randomBytes(32).toString('base64url')}`,
    }));
    const hashes = crowd.map(({ token }) => createHash('sha256').update(token).digest('hex'));
    const ids = crowd.map(({ client }) => client.id);
    await app.db.admin(
      `insert into platform.oauth_client (id, realm, name, redirect_uris, auth_method)
       select unnest($1::text[]), $2, 'One of many', '{http://127.0.0.1/cb}', 'none'`,
      [ids, tenant.id],
    );
    await app.db.admin(
      `insert into platform.oauth_grant (id, realm, tenant_id, org_id, user_id, client_id, scopes)
       select 'gnt_' || id, $2, $2, $3, $4, id, '{openid,profile}' from unnest($1::text[]) id`,
      [ids, tenant.id, tenant.orgId, user.id],
    );
    await app.db.admin(
      `insert into platform.refresh_token (hash, realm, grant_id, salt, seq, expires_at)
       select decode(hash, 'hex'), $3, 'gnt_' || id, sha256(decode(hash, 'hex')), 1, clock_timestamp() + interval '1 day'
       from unnest($1::text[], $2::text[]) as pair (id, hash)`,
      [ids, hashes, tenant.id],
    );
  });
  afterAll(() => app.close());

  it('RT-14 is served to the last without an error, twice, and leaves the pool as it was', async () => {
    let tokens = crowd.map(({ token }) => token);
    let last: Tokens[] = [];
    for (let round = 0; round < 2; round += 1) {
      const answers = await Promise.all(crowd.map(({ client }, at) => refresh(origin, client, tokens[at]!)));
      expect(answers.filter(({ status }) => status !== 200).map(({ status }) => status)).toEqual([]);
      last = await Promise.all(answers.map(async (answer) => (await answer.json()) as Tokens));
      tokens = last.map((one) => one.refresh_token);
      expect(new Set(tokens).size).toBe(CLIENTS);
    }
    expect(await statusAt(origin, last[0]!.access_token)).toBe(200);
    const rows = await app.db.admin('select grant_id from platform.refresh_token where seq = 3 and used_at is null');
    expect(rows).toHaveLength(CLIENTS);
  });
});
