import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import { authorizeUrl, Client, pkce, register } from '../support/oauth-flow';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';

describe('sign-in and sessions', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let user: TestUser;
  let client: Client;
  let origin: string;
  let host: string;
  beforeAll(async () => {
    app = await startApp({ TRUST_PROXY: '127.0.0.1' });
    tenant = await createTenant(app.db);
    user = await createUser(app.db, 'member', tenant.orgId);
    origin = app.origin(tenant.slug);
    host = new URL(origin).host;
    client = await register(origin);
  });
  afterAll(() => app.close());

  const { challenge } = pkce();
  const start = (browser: Browser): Promise<LoadedPage> => browser.get(authorizeUrl(origin, client, challenge));
  const tryPassword = async (email: string, password: string, browser = new Browser()): Promise<LoadedPage> =>
    browser.submit(await start(browser), { email, password });
  const isSignIn = (page: LoadedPage): boolean => page.html.includes('type="password"');

  it('LOGIN-1 answers a wrong password and an unknown address alike, after the same work', async () => {
    // CPU time of this process, in which the password is hashed: unlike the clock it does not hear of a busy machine.
    const worked = async (email: string): Promise<[LoadedPage, number]> => {
      const browser = new Browser();
      const page = await start(browser);
      const before = process.cpuUsage();
      const answer = await browser.submit(page, { email, password: 'wrong' });
      const { user: mine, system } = process.cpuUsage(before);
      return [answer, mine + system];
    };
    const rounds: { wrong: number; unknown: number }[] = [];
    const anonymous = (page: LoadedPage, email: string): string => page.html.replaceAll(email, '…').replace(/value="[^"]*"/g, '');
    for (let round = 0; round < 7; round += 1) {
      const somebody = await createUser(app.db, 'member', tenant.orgId);
      const [wrong, wrongWork] = await worked(somebody.email);
      const [unknown, unknownWork] = await worked(`nobody${round}@example.test`);
      expect([wrong.status, unknown.status]).toEqual([401, 401]);
      expect(anonymous(wrong, somebody.email)).toBe(anonymous(unknown, `nobody${round}@example.test`));
      rounds.push({ wrong: wrongWork, unknown: unknownWork });
    }
    const median = (of: 'wrong' | 'unknown'): number => rounds.map((round) => round[of]).sort((x, y) => x - y)[3]!;
    expect(median('unknown') / median('wrong')).toBeGreaterThan(0.5);
    expect(median('unknown') / median('wrong')).toBeLessThan(2);
  });

  it('LOGIN-2 locks an account after ten failures, even for the right password, and tells the audit trail', async () => {
    const victim = await createUser(app.db, 'member', tenant.orgId);
    for (let at = 0; at < 10; at++) expect((await tryPassword(victim.email, `guess ${at}`)).status).toBe(401);
    const locked = await tryPassword(victim.email.toUpperCase(), victim.password);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await app.db.admin("select severity from platform.audit_event where kind = 'sign_in.lockout'"))[0]).toEqual({
      severity: 'high',
    });
    await app.db.admin("update platform.sign_in_failure set at = at - interval '15 minutes' where email_norm = $1", [victim.email]);
    expect((await tryPassword(victim.email, victim.password)).status).toBe(200);
  });

  it('LOGIN-2 locks an address after fifty failures, which a success of one account does not clear', async () => {
    const from = new Browser();
    const mine = await createUser(app.db, 'member', tenant.orgId);
    await app.db.admin("insert into platform.sign_in_failure (email_norm, ip) select 'someone' || n, $1 from generate_series(1, 49) n", [
      addressOf(from),
    ]);
    expect(isSignIn(await tryPassword(mine.email, mine.password, from))).toBe(false);
    const again = new Browser({ 'x-forwarded-for': addressOf(from) });
    expect((await tryPassword(mine.email, 'wrong', again)).status).toBe(401);
    expect((await tryPassword(mine.email, mine.password, new Browser({ 'x-forwarded-for': addressOf(from) }))).status).toBe(429);
  });

  it('LOGIN-2 counts parallel guesses one by one', async () => {
    const victim = await createUser(app.db, 'member', tenant.orgId);
    const browser = new Browser();
    const page = await start(browser);
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, at) => browser.submit(page, { email: victim.email, password: `guess ${at}` })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  it('LOGIN-3 gives a new session at sign-in, and takes none that was planted', async () => {
    const browser = new Browser();
    browser.setCookie(host, 'flowstate', 'A'.repeat(43));
    await tryPassword(user.email, user.password, browser);
    const first = browser.cookie(host, 'flowstate');
    expect(first).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(first).not.toBe('A'.repeat(43));
    const thief = new Browser();
    thief.setCookie(host, 'flowstate', 'A'.repeat(43));
    expect(isSignIn(await start(thief))).toBe(true);
  });

  it('LOGIN-3 ends the session and the form cookie that the browser had before', async () => {
    const attacker = await createUser(app.db, 'member', tenant.orgId);
    const planter = new Browser();
    await tryPassword(attacker.email, attacker.password, planter);
    const planted = planter.cookie(host, 'flowstate')!;
    const victim = new Browser();
    victim.setCookie(host, 'flowstate', planted);
    const asSomebodyElse = await victim.submit(await start(victim), { decision: 'switch' });
    const formCookie = victim.cookie(host, 'flowstate-form')!;
    const page = await victim.submit(asSomebodyElse, { email: user.email, password: user.password });
    expect(page.html).toContain(user.email);
    expect(victim.cookie(host, 'flowstate')).not.toBe(planted);
    expect(isSignIn(await start(planter))).toBe(true);
    const thief = new Browser();
    thief.setCookie(host, 'flowstate-form', formCookie);
    expect((await thief.submit(page, { decision: 'approve' })).status).toBe(403);
  });

  it('LOGIN-4 keeps only a hash of the cookie, which is HttpOnly and SameSite', async () => {
    const page = await new Browser().get(authorizeUrl(origin, client, challenge));
    expect(page.headers.getSetCookie()[0]).toMatch(/^flowstate-form=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const browser = new Browser();
    await tryPassword(user.email, user.password, browser);
    const stored = JSON.stringify(await app.db.admin("select encode(id_hash, 'hex') as h, * from platform.browser_session"));
    expect(stored).not.toContain(browser.cookie(host, 'flowstate'));
  });

  it('LOGIN-7 ends a session after 30 idle minutes, after 12 hours, and at sign-out on the server', async () => {
    const age = async (change: string): Promise<LoadedPage> => {
      const browser = new Browser();
      await tryPassword(user.email, user.password, browser);
      await app.db.admin(`update platform.browser_session set ${change}`);
      return start(browser);
    };
    expect(isSignIn(await age("last_seen_at = clock_timestamp() - interval '29 minutes'"))).toBe(false);
    expect(isSignIn(await age("last_seen_at = clock_timestamp() - interval '31 minutes'"))).toBe(true);
    expect(isSignIn(await age("created_at = clock_timestamp() - interval '12 hours 1 minute'"))).toBe(true);
    const browser = new Browser();
    await tryPassword(user.email, user.password, browser);
    const cookie = browser.cookie(host, 'flowstate')!;
    const home = await browser.get(`${origin}/`);
    await browser.submit(home, {}, 'token');
    const thief = new Browser();
    thief.setCookie(host, 'flowstate', cookie);
    expect(isSignIn(await start(thief))).toBe(true);
  });

  it('SES-1 knows a session only on the host it was made on', async () => {
    const browser = new Browser();
    await tryPassword(user.email, user.password, browser);
    const other = app.origin((await createTenant(app.db)).slug);
    browser.setCookie(new URL(other).host, 'flowstate', browser.cookie(host, 'flowstate')!);
    expect((await browser.get(`${other}/settings/api-keys`)).url).toBe(`${other}/sign-in`);
    const bare = app.origin();
    browser.setCookie(new URL(bare).host, 'flowstate', browser.cookie(host, 'flowstate')!);
    expect((await browser.get(`${bare}/settings/api-keys`)).url).toBe(`${bare}/sign-in`);
    expect((await browser.get(`${origin}/settings/api-keys`)).url).toBe(`${origin}/settings/api-keys`);
  });

  it('SES-2 treats a broken, changed, doubled or expired cookie as none', async () => {
    const browser = new Browser();
    await tryPassword(user.email, user.password, browser);
    const good = browser.cookie(host, 'flowstate')!;
    const changed = good.slice(0, -1) + (good.endsWith('A') ? 'B' : 'A');
    const expired = new Browser();
    await tryPassword(user.email, user.password, expired);
    const [{ hash } = { hash: '' }] = await app.db.admin<{ hash: string }>(
      "update platform.browser_session set created_at = created_at - interval '13 hours' where id_hash = sha256(convert_to($1, 'UTF8')) returning encode(id_hash, 'hex') as hash",
      [expired.cookie(host, 'flowstate')],
    );
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const odd = ['', 'x', '%00', 'A'.repeat(5_000), '"; drop table', changed, `${good}x`, good.toUpperCase(), hash];
    for (const value of [...odd, `${good}; flowstate=${good}`, expired.cookie(host, 'flowstate')]) {
      const response = await fetch(`${origin}/settings/api-keys`, { redirect: 'manual', headers: { cookie: `flowstate=${value}` } });
      expect(response.status).toBe(303);
    }
  });
});

function addressOf(browser: Browser): string {
  return browser.headers['x-forwarded-for']!;
}
