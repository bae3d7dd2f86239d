import { itOnServer } from '../support/database';
import { liveChecksum } from '../support/live-checksum';
import { marked, Marked } from '../mcp/canaries';
import { scenarioArguments } from '../mcp/scenario-arguments';
import { Connection, World } from '../mcp/world';

interface Told {
  readonly isError?: boolean;
  readonly structuredContent?: { readonly planId: string; readonly planRev: number; readonly changeIds: readonly string[] };
  readonly content: readonly [{ readonly text: string }];
}

/** Live data is what it was, whatever becomes of a call of a tool that writes. */
describe('every tool that changes a scenario', () => {
  let world: World;
  let one: Marked;
  let viewer: Connection;
  let before: Readonly<Record<string, string>>;
  let names: readonly string[];
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    one = await marked(world, 'Stayssong', '70707');
    viewer = await world.connect(one.tenant, { role: 'viewer' });
    const { tools } = (await world.rpc(one.owner, 'tools/list')).json.result;
    names = tools
      .filter((tool: { annotations: { readOnlyHint: boolean } }) => !tool.annotations.readOnlyHint)
      .map(({ name }: { name: string }) => name)
      .filter((name: string) => name !== 'create_scenario');
    before = await liveChecksum(world.db);
  });
  afterAll(() => world.close());
  afterEach(async () => expect(await liveChecksum(world.db)).toEqual(before));

  const tell = async (name: string, args: object, connection = one.owner): Promise<Told> =>
    (await world.call(connection, name, args)).json.result;
  const codeOf = ({ isError, content }: Told): unknown => (isError ? JSON.parse(content[0].text).code : undefined);

  /** A scenario with one change, and how each tool can be called in it. */
  async function scenario(): Promise<{ planId: string; args: Readonly<Record<string, object>> }> {
    const { structuredContent: made } = await tell('create_scenario', { title: 'Stays' });
    const planId = made!.planId;
    const changed = await tell('add_team', { planId, name: 'First' });
    const [plan] = await world.db.admin<{ liveRev: number }>('select live_rev::int as "liveRev" from platform.organization where id = $1', [
      one.tenant.orgId,
    ]);
    const args = scenarioArguments(one, { changeId: changed.structuredContent!.changeIds[0]!, liveRev: plan!.liveRev });
    return { planId, args };
  }
  const really = ({ dryRun: _, ...args }: object & { dryRun?: boolean }): object => args;

  it('MCP-9 does what it says in the scenario alone', async () => {
    const failed: unknown[] = [];
    for (const name of names) {
      const { planId, args } = await scenario();
      const told = await tell(name, { planId, ...really(args[name]!), idempotencyKey: name });
      if (told.isError) failed.push([name, told.content[0].text]);
      const again = await tell(name, { planId, ...really(args[name]!), idempotencyKey: name });
      expect([name, again.structuredContent]).toEqual([name, told.structuredContent]);
    }
    expect(failed).toEqual([]);
  }, 180_000);

  it('MCP-4 MCP-9 does nothing on a dry run, nor where an argument is wrong, a right is missing or the scenario is another’s', async () => {
    const { planId, args } = await scenario();
    const elsewhere = await marked(world, 'Otherstay', '80808');
    const theirs = (await world.call(elsewhere.owner, 'create_scenario', { title: 'Theirs' })).json.result as Told;
    before = await liveChecksum(world.db);
    const state = (): Promise<unknown[]> => world.db.admin('select id, rev, status, title, content_hash from platform.plan order by id');
    const plans = await state();
    for (const name of names) {
      const asked = really(args[name]!);
      expect([name, codeOf(await tell(name, { planId, ...asked, unheardOf: 1 }))]).toEqual([name, 'VALIDATION']);
      expect([name, codeOf(await tell(name, asked))]).toEqual([name, 'SCENARIO_REQUIRED']);
      expect([name, codeOf(await tell(name, { planId, ...asked }, viewer))]).toEqual([name, 'PERMISSION_DENIED']);
      expect([name, codeOf(await tell(name, { planId: theirs.structuredContent!.planId, ...asked }))]).toEqual([name, 'NOT_FOUND']);
      expect([name, codeOf(await tell(name, { planId, ...asked, dryRun: true }))]).toEqual([name, undefined]);
    }
    expect(await state()).toEqual(plans);
  }, 180_000);

  itOnServer(
    'MCP-9 is done or not done, never half, when its connection to the database is cut',
    async () => {
      const { planId, args } = await scenario();
      const add = async (): Promise<readonly string[]> => {
        // A gate that is cut answers 503, a tool INTERNAL; either way nobody is told that something was done.
        const { result } = (await world.call(one.owner, 'add_employee', { planId, ...really(args['add_employee']!) })).json;
        return (result as Told | undefined)?.structuredContent?.changeIds ?? [];
      };
      const began = performance.now();
      const kept = [...(await add())];
      const usual = performance.now() - began;
      let cuts = 0;
      for (let call = 0; call < 300 && cuts < 20; call += 1) {
        const calling = add();
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * usual));
        const cut = await world.db.admin(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'flowstate_mcp' and state <> 'idle'`,
        );
        cuts += cut.length;
        kept.push(...(await calling));
      }
      expect(cuts).toBeGreaterThanOrEqual(20);
      expect(kept.length).toBeGreaterThan(3);
      const stored = new Set((await world.db.admin<{ id: string }>('select id from platform.plan_change')).map(({ id }) => id));
      expect(kept.filter((id) => !stored.has(id))).toEqual([]);
      expect(
        await world.db.admin(`select s.id from platform.plan_state s where s.entity = 'employee' and s.op = 'create'
          and not exists (select from overlay.employment_terms t where t.plan_id = s.plan_id and t.employee_id = s.id)`),
      ).toEqual([]);
    },
    120_000,
  );
});
