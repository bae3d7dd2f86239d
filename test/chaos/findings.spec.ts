import { losses } from '../../chaos/completeness';
import { halfWrites } from '../../chaos/consistency';
import { Ledger } from '../../chaos/ledger';
import type { Inspect } from '../../chaos/stage';
import { startApp, TestApp } from '../support/app';
import { Connection, connect, refresh, Tokens } from '../support/oauth-flow';
import { createTenant, createUser } from '../support/people';

/** Proofs that find nothing are worth something only if they would find what is there. */
describe('the search for half writes and losses', () => {
  let app: TestApp;
  let connection: Connection;
  let origin: string;
  beforeAll(async () => {
    app = await startApp();
    const tenant = await createTenant(app.db);
    origin = app.origin(tenant.slug);
    const user = await createUser(app.db, 'member', tenant.orgId);
    connection = await connect(origin, user);
    await connect(origin, user);
    await refresh(origin, connection.client, connection.refresh_token);
  });
  afterAll(() => app.close());

  const inspect: Inspect = <R>(sql: string, parameters?: unknown[]) => app.db.admin<R>(sql, parameters);

  /** What is found while a change is there; the change is taken back. */
  async function foundAfter(change: string, back: string): Promise<string> {
    await app.db.admin(change);
    const found = await halfWrites(inspect);
    await app.db.admin(back);
    return found.join('; ');
  }

  it('finds nothing where nothing is wrong', async () => {
    expect(await halfWrites(inspect)).toEqual([]);
  });

  it('finds a token that was spent without a successor', async () => {
    const found = await foundAfter(
      'update refresh_token set used_at = clock_timestamp(), expires_at = expires_at + interval $$1 year$$ where used_at is null',
      'update refresh_token set used_at = null, expires_at = expires_at - interval $$1 year$$ where expires_at > clock_timestamp() + interval $$200 days$$',
    );
    expect(found).toContain('a used refresh token whose successor is missing (2');
    expect(found).toContain('a family without exactly one live token');
  });

  it('finds a code that was spent for nothing, and tokens that came of nothing', async () => {
    expect(
      await foundAfter('update authorization_code set used_at = null', 'update authorization_code set used_at = clock_timestamp()'),
    ).toContain('a used code without tokens, or tokens without a used code (2');
  });

  it('finds an approval without its connection', async () => {
    expect(
      await foundAfter(
        'update authorization_request set decided_at = null',
        'update authorization_request set decided_at = clock_timestamp()',
      ),
    ).toContain('an approval without its connection');
  });

  it('finds tokens that a client holds but the database does not, and answers without an event', async () => {
    const ledger = new Ledger(() => undefined);
    ledger.token(connection.refresh_token);
    expect(await losses(inspect, ledger, '')).toEqual([]);
    ledger.token('fsr_never');
    ledger.code('fsc_never');
    ledger.expected.set('chaos/1', { kinds: ['token.issued'], what: 'a refresh answered 200' });
    expect(await losses(inspect, ledger, '')).toEqual([
      'no audit event for a refresh answered 200 (chaos/1)',
      '1 refresh tokens that clients hold are gone',
      '1 codes that clients hold are gone',
    ]);
  });

  it('takes a 503 only with Retry-After and in the right words, and no other 5xx', () => {
    const ledger = new Ledger(() => undefined);
    const words = JSON.stringify({ error: 'temporarily_unavailable' });
    ledger.judge('refresh', { status: 503, headers: { 'retry-after': '5' }, body: words });
    expect(ledger.faults).toEqual([]);
    ledger.judge('refresh', { status: 503, headers: {}, body: words });
    ledger.judge('call', { status: 503, headers: { 'retry-after': '5' }, body: words });
    ledger.judge('call', { status: 500, headers: {}, body: '{}' });
    expect(ledger.faults.map((fault) => fault.replace(/: .*/, ''))).toEqual([
      'refresh said 503 without Retry-After',
      'call said 503 in the wrong words',
      'call said 500',
    ]);
  });

  it('keeps a client connected after all that', async () => {
    const answer = await refresh(origin, connection.client, connection.refresh_token);
    expect(((await answer.json()) as Tokens).refresh_token).toMatch(/^fsr_/);
  });
});
