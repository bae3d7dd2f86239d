import ts from 'typescript';
import { keptState, regularExpressions, Source, sources } from './sources';

/** Milliseconds of this process's own work: unlike the clock, not moved by what else runs on the machine. */
function work(of: () => unknown): number {
  const before = process.cpuUsage();
  of();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const least = (of: () => unknown): number => Math.min(work(of), work(of), work(of));

/** How texts begin that the product's expressions look into, so that an attack gets past the first characters. */
const OPENINGS = ['', 'https://a', 'cursor:/', 'Bearer ', 'application/json', '/api/mcp', '"', '2026-01-01'];

/** Repetitions of what an expression is about, and an end that does not fit. */
function* attacks({ source }: RegExp, length: number): Generator<string> {
  const own = [...new Set([...source.replace(/\\[a-zA-Z]/g, ''), 'a', '0', ' ', '-', '\t'])].filter(
    (character) => !/[+*?^$|]/.test(character),
  );
  const units = [...own, ...own.flatMap((one) => ['a', '0', ' ', '.', '\\'].map((other) => one + other))];
  for (const unit of new Set(units))
    for (const opening of OPENINGS) for (const end of ['\u0000', '"']) yield opening + unit.repeat(length / unit.length) + end;
}

function apply(expression: RegExp, text: string): void {
  expression.lastIndex = 0;
  if (expression.global) text.replace(expression, '');
  else expression.exec(text);
}

/** Step by step, so that an exponential cost is found before it hangs the test. */
const SHORT = [12, 16, 20, 24, 32, 40, 48, 96];

/** The first attack whose cost grows faster than its length, if there is one. */
function slowOn(expression: RegExp): string | undefined {
  for (const length of [...SHORT, 6_000])
    for (const attack of attacks(expression, length)) {
      if (work(() => apply(expression, attack)) < 5) continue;
      const once = least(() => apply(expression, attack));
      if (length < 100 ? once > 5 : isSteep(expression, attack, once)) return attack.slice(0, 40);
    }
  return undefined;
}

/** Twice the text takes much more than twice the work. */
function isSteep(expression: RegExp, attack: string, once: number): boolean {
  const twice = least(() => apply(expression, attack.slice(0, -1).repeat(2) + attack.slice(-1)));
  return twice > 5 && twice > 3 * once;
}

describe('the source of the product', () => {
  let all: Source[];
  beforeAll(() => void (all = sources()));

  it('IN-3 has no regular expression whose work grows faster than its input', () => {
    const expressions = regularExpressions(all);
    expect(expressions.length).toBeGreaterThan(40);
    const slow = expressions.map(({ file, expression }) => [file, String(expression), slowOn(expression)]).filter(([, , attack]) => attack);
    expect(slow).toEqual([]);
  }, 180_000);

  it('IN-3 takes 50 KB of the worst that its expressions can get in a few milliseconds each', () => {
    const long = [...'a0 -./:;=%"\\[{&'].map((character) => character.repeat(50_000));
    for (const { file, expression } of regularExpressions(all))
      for (const text of long) {
        if (work(() => apply(expression, text)) < 10) continue;
        expect([file, String(expression), least(() => apply(expression, text)) < 10]).toEqual([file, String(expression), true]);
      }
  });

  it('IN-3 would notice an expression that is slow', () => {
    for (const slow of [/^(a+)+$/, /\s+$/, /(?:a|a)*b/, /[a-z]+@[a-z]+\.x/, /"(?:\\.|[^"])*$/])
      expect([slow, slowOn(slow)]).toEqual([slow, expect.any(String)]);
    for (const fine of [/^a+$/, /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, /\s/g]) expect([fine, slowOn(fine)]).toEqual([fine, undefined]);
  }, 120_000);

  it('IN-3 makes expressions out of our own texts only', () => {
    const made = all.flatMap(({ file, nodes }) =>
      nodes
        .filter(ts.isNewExpression)
        .filter((node) => node.expression.getText() === 'RegExp')
        .map(() => file),
    );
    // Names of columns, number formats, templates of resource URIs, prefixes of ids, paths of SCIM: linear by their look, and none of them out of what somebody sent.
    expect(made).toEqual([
      'costs/cost-rows.sql.ts',
      'imports/file/numbers.ts',
      'imports/records/identify.ts',
      'mcp/call-runner.ts',
      'scim/attribute.ts',
      'scim/filter.ts',
      'tools/fields/id.decorator.ts',
    ]);
  });

  it('AT-12 calls nobody over HTTP, so that no token can be sent on', () => {
    const calls = all.flatMap(({ file, nodes }) =>
      nodes.filter((node) => isHttpCall(node) || isHttpImport(node)).map((node) => `${file}: ${node.getText().slice(0, 80)}`),
    );
    expect(calls).toEqual([]);
  });

  it('TEN-8 keeps nothing between requests that could hold a row of one tenant for another', () => {
    const kept = all.filter(({ file }) => !/^(?:imports|cli)\//.test(file)).flatMap(keptState);
    expect(kept.sort()).toEqual([
      // public and private halves of the signing keys, which are the platform's
      'access/token-keys.ts: keys',
      // which declared source a measure is from
      'analytics/vocabulary.ts: SOURCE_OF',
      // events on their way to the trail; nothing reads them but their insert
      'audit/audit.service.ts: waiting',
      // callers that wait for the embedded database's one session
      'database/exclusive-pool.ts: waiting',
      // names of statements, by their text without values
      'database/server-client.ts: names',
      // who waits for a turn, by tenant and user; nothing of what they ask
      ...['below', 'waiting'].map((name) => `database/turns.ts: ${name}`),
      // declarations of tools, resources, prompts and methods: the same for everybody
      'mcp/catalogue.ts: aliases',
      // lists of the catalogue by what an address offers
      'mcp/catalogue.ts: made',
      ...['methods', 'prompts', 'resources', 'tools'].map((name) => `mcp/catalogue.ts: ${name}`),
      // of one request
      'mcp/exchange.ts: answers',
      'mcp/field.decorator.ts: FIELDS',
      // by stream, each with its own caller
      'mcp/open-streams.ts: streams',
      // texts of such lists
      'mcp/premade.ts: made',
      // by user id (one person, whatever tenants), or by tenant and address
      'rate-limit/memory.store.ts: windows',
      'rate-limit/rate-limiter.service.ts: observers',
      // of one step of one call
      ...['besides', 'changes', 'checks', 'warnings'].map((name) => `scenarios/write/draft.ts: ${name}`),
      // rules of the tables, read from the database's own keys at start
      ...['changed', 'deleted'].map((name) => `scenarios/write/plan-rules.service.ts: ${name}`),
      // by organization and revision of its live data; test/workforce/context.spec.ts has two of them
      'workforce/organization-context.service.ts: known',
    ]);
  });
});

function isHttpCall(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /^(?:globalThis\.)?fetch$/.test(node.expression.getText());
}

function isHttpImport(node: ts.Node): boolean {
  if (!ts.isImportDeclaration(node) || node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
  return /^(?:node:)?(?:https?|http2)$|^(?:undici|axios|got|node-fetch)$/.test((node.moduleSpecifier as ts.StringLiteral).text);
}
