import { readFileSync } from 'node:fs';
import { connect, postJson } from '../support/oauth-flow';
import { authorizationRun } from './authorization';
import { reported } from './report';
import { startTarget, Target } from './target';
import { conformance, Run, Scenario } from './tool';

const EXPECTED = 'test/conformance/expected-failures.yml';
const STALE = 'test/conformance/stale-example.yml';
const MODERN = '2026-07-28';

/** Several runs of another program; only a hang takes this long. */
const PATIENCE = 180_000;

const server = ({ url }: Target, ...args: string[]): Promise<Run> => conformance(['server', '--url', url, ...args]);
const whole = (target: Target, version: string, ...args: string[]): Promise<Run> =>
  server(target, '--suite', 'all', '--spec-version', version, ...args);

const names = (scenarios: readonly Scenario[]): string[] => scenarios.map(({ name }) => name);
const passing = ({ scenarios }: Run): Scenario[] => scenarios.filter(({ ok }) => ok);
const scored = ({ scenarios }: Run): Scenario[] => scenarios.filter((one) => one.scored);
const warnings = ({ scenarios }: Run): string[] => scenarios.flatMap((one) => one.warnings);
const remarks = (scenarios: readonly Scenario[]): string[] => scenarios.flatMap((one) => one.remarks);
const failures = (scenarios: readonly Scenario[]): string[] =>
  scenarios.flatMap(({ name, failures: ids }) => ids.map((id) => `${name}:${id}`));

/** The entries of the list of expected failures: `scenario:check`. */
const expected = [...readFileSync(EXPECTED, 'utf8').matchAll(/^ {2}- (\S+)$/gm)].map(([, entry]) => entry as string);

describe('the conformance tool of MCP, with the fixtures it expects', () => {
  let target: Target;
  beforeAll(async () => void (target = await startTarget('fixtures')));
  afterAll(() => target.close());

  it(
    'finds everything that 2026-07-28 requires, without a remark',
    async () => {
      const once = (): Promise<Run> => server(target, '--requirements', MODERN);
      let run = await reported('2026-07-28, requirements', once);
      // The tool waits a fixed time for what a stream says and gives up on a machine that is full: a fault of ours comes twice.
      if (remarks(scored(run)).length > 0) run = await reported('2026-07-28, once more', once);
      expect(remarks(scored(run))).toEqual([]);
      expect([run.exitCode, scored(run).length, scored(run).filter(({ ok }) => ok).length]).toEqual([0, 37, 37]);
      const more = ['json-schema-2020-12', 'http-header-validation'];
      expect(names(passing(run))).toEqual(expect.arrayContaining(more));
    },
    PATIENCE,
  );

  it(
    'finds everything that 2025-11-25 requires but for the four expected failures',
    async () => {
      const args = ['--requirements', '2025-11-25', '--expected-failures', EXPECTED];
      const run = await reported('2025-11-25, requirements', () => server(target, ...args));
      expect(failures(run.scenarios)).toEqual(expected);
      expect([run.exitCode, run.scenarios.length, passing(run).length, warnings(run)]).toEqual([0, 33, 29, []]);
    },
    PATIENCE,
  );

  it(
    'finds everything of 2025-06-18 and 2025-03-26 but for the two of the expected failures that are that old',
    async () => {
      const run = await reported('2025-06-18, all scenarios', () => whole(target, '2025-06-18', '--expected-failures', EXPECTED));
      expect(failures(run.scenarios)).toEqual(expected.slice(0, 2));
      expect([run.exitCode, run.scenarios.length, passing(run).length, warnings(run)]).toEqual([0, 27, 25, []]);
      const oldest = await reported('2025-03-26, all scenarios', () => whole(target, '2025-03-26'));
      expect([oldest.exitCode, names(passing(oldest)), remarks(oldest.scenarios)]).toEqual([0, ['server-session-lifecycle'], []]);
    },
    PATIENCE,
  );

  it('fails where an expected failure passes: the list cannot grow stale', async () => {
    const run = await server(target, '--scenario', 'ping', '--expected-failures', STALE);
    expect([run.exitCode, run.output]).toEqual([1, expect.stringContaining('Baseline is stale')]);
  });

  it('met the same guards and audit trail as a product call', async () => {
    const rows = await target.app.db.admin<Record<string, string>>(
      `select distinct rpc_method, tool, outcome, error_code from platform.audit_event where kind = 'mcp.request' and user_id = $1`,
      [target.user.id],
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { rpc_method: 'tools/call', tool: 'test_image_content', outcome: 'ok', error_code: null },
        { rpc_method: 'tools/call', tool: 'test_error_handling', outcome: 'refused', error_code: 'NOT_FOUND' },
        { rpc_method: 'tools/call', tool: 'test_missing_capability', outcome: 'refused', error_code: 'rpc_-32021' },
        { rpc_method: 'completion/complete', tool: null, outcome: 'ok', error_code: null },
        { rpc_method: 'resources/subscribe', tool: 'test', outcome: 'ok', error_code: null },
      ]),
    );
    const { access_token: narrowed } = await connect(target.origin, target.user, { scope: 'mcp:use costs.read' });
    const params = { ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' }, argument: { name: 'arg1', value: 'par' } };
    const answer = await post(target, 'completion/complete', params, { authorization: `Bearer ${narrowed}` });
    expect(answer).toMatchObject({ error: { code: -32602, data: { code: 'SCOPE_MISSING' } } });
  });
});

describe('the conformance tool of MCP, with the product as it is shipped', () => {
  let target: Target;
  beforeAll(async () => void (target = await startTarget('shipped')));
  afterAll(() => target.close());

  it(
    'finds what needs no fixtures',
    async () => {
      const both = ['tools-list', 'resources-list', 'prompts-list', 'server-sse-multiple-streams', 'dns-rebinding-protection'];
      const modern = ['caching', 'http-header-validation', 'sep-2164-resource-not-found', 'input-required-result-unsupported-methods'];
      const legacy = ['server-initialize', 'server-session-lifecycle', 'ping'];
      for (const [version, own] of Object.entries({ [MODERN]: modern, '2025-11-25': legacy })) {
        const wanted = [...both, ...own];
        const run = await reported(`${version}, as shipped`, () => whole(target, version), wanted);
        const found = passing(run).filter(({ name }) => wanted.includes(name));
        expect([version, names(found).sort(), remarks(found)]).toEqual([version, [...wanted].sort(), []]);
        const stateless = run.scenarios.find(({ name }) => name === 'server-stateless');
        expect(stateless?.failures ?? NEEDING_FIXTURES).toEqual(NEEDING_FIXTURES);
      }
    },
    PATIENCE,
  );

  it('is promised no more than the product does', async () => {
    const handshake = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
    const listChanged = { listChanged: true };
    const { result } = (await post(target, 'initialize', handshake)) as { result: { capabilities: object } };
    expect(result.capabilities).toEqual({ tools: listChanged, resources: listChanged, prompts: listChanged });
  });

  it(
    'finds an authorization server: metadata and the code grant',
    async () => {
      const run = await reported('authorization server', () => authorizationRun(target));
      expect([run.exitCode, names(passing(run))]).toEqual([0, ['authorization-server-metadata-endpoint', 'authorization-code-grant']]);
    },
    PATIENCE,
  );
});

/** Checks of server-stateless that call a fixture. */
const NEEDING_FIXTURES = [
  'sep-2575-server-rejects-undeclared-capability',
  'sep-2575-missing-capability-http-400',
  'sep-2575-http-server-no-independent-requests-on-stream',
  'sep-2575-server-no-log-without-loglevel',
];

async function post({ url }: Target, method: string, params: object, headers: Record<string, string> = {}): Promise<unknown> {
  const body = { jsonrpc: '2.0', id: 1, method, params };
  const response = await postJson(url, body, { accept: 'application/json, text/event-stream', ...headers });
  return response.json();
}
