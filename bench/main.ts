/**
 * How fast the product answers, on PostgreSQL. First as ratios measured in one run: against the floor (the least that can
 * answer the same), against @rekog/mcp-nest, and against the SDK with a server per request (--only comparison, or a
 * request's name). Then how long each read takes, by the size of the organization (--only reads; without DATABASE_URL on an
 * embedded database), how much longer in a scenario (--only scenarios), and how long it takes to merge one (--only merges).
 *
 *   DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres npm run bench [-- --people 100000 --seconds 5 --rounds 3 --write]
 */
import { hash } from '@node-rs/argon2';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { randomBytes } from 'node:crypto';
import { Config } from '../src/config';
import { loginPassword } from '../src/database/data-source';
import { connect, postJson } from '../test/support/oauth-flow';
import { Product, startProduct } from '../test/support/product';
import type { Setting } from './backend';
import { inDatabase } from './in-database';
import { Load, measure, Measured, Target, warmUp } from './load';
import { measureMerges, type Merges, mergesReport } from './merges';
import { BENCH, populate } from './population';
import { refreshThroughput } from './refreshes';
import { measureReads, type Reads } from './reads';
import { readsReport } from './reads-report';
import { Row, report, Section, writeReport } from './report';
import { measureScenario } from './scenarios';
import { scenariosReport } from './scenarios-report';
import { Servers } from './servers';
import { legacyLoad, modernLoad, sample, Workload, workloads } from './workloads';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    changes: { type: 'string', default: '1000' },
    sizes: { type: 'string', default: '1000,10000,100000' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});
const EMBEDDED = !process.env['DATABASE_URL'];
const PASSWORD = randomBytes(12).toString('hex');
const SECRET = randomBytes(32).toString('hex');

const SETTINGS = {
  DEMO_DATA: 'off',
  APP_SECRET: SECRET,
  RATE_LIMIT_PER_MINUTE: '100000000',
  TRUST_PROXY: '127.0.0.1,::1',
  NODE_ENV: 'production',
};

async function main(): Promise<void> {
  if (EMBEDDED && values.only !== 'reads')
    throw new Error('Set DATABASE_URL to a superuser login of PostgreSQL: on an embedded database only reads are measured.');
  const of = (part: string): boolean => values.only === part || values.only === '';
  if (!['reads', 'scenarios', 'merges'].includes(values.only)) await comparison();
  if (of('reads')) await reads();
  if (of('scenarios')) await scenarios();
  if (of('merges')) await merges();
}

async function scenarios(): Promise<void> {
  publish('scenarios', scenariosReport(await measureScenario(Number(values.people), Number(values.changes), SETTINGS)));
}

async function reads(): Promise<void> {
  const results: Reads[] = [];
  for (const size of values.sizes.split(',')) results.push(await measureReads(Number(size), SETTINGS));
  publish(EMBEDDED ? 'embedded' : 'reads', readsReport(results));
}

async function merges(): Promise<void> {
  const results: Merges[] = [];
  for (const size of values.sizes.split(',')) results.push(await measureMerges(Number(size), SETTINGS));
  publish('merges', mergesReport(results));
}

async function comparison(): Promise<void> {
  const product = await startProduct(SETTINGS);
  const servers = new Servers();
  try {
    const databaseUrl = product.databaseUrl as string;
    await populate(databaseUrl, Number(values.people), await hash(PASSWORD));
    const text = report({
      people: Number(values.people),
      rows: await compare(product, servers),
      searches: await inDatabase(asMcp(databaseUrl), databaseUrl),
      refreshes: await refreshThroughput(product.origin(BENCH.slug), { email: BENCH.email, password: PASSWORD }, Number(values.seconds)),
    });
    publish('comparison', text);
  } catch (error) {
    console.error(product.output(), error);
    throw error;
  } finally {
    await servers.stop();
    await product.stop();
  }
}

function publish(section: Section, text: string): void {
  console.log(text);
  if (values.write) writeReport(section, text);
}

/** Every workload on every server, in turns, so that what disturbs the machine disturbs all of them. */
async function compare(product: Product, servers: Servers): Promise<Row[]> {
  const databaseUrl = product.databaseUrl as string;
  const origin = product.origin(BENCH.slug);
  const { access_token: token } = await connect(origin, { email: BENCH.email, password: PASSWORD });
  const headers = {
    host: new URL(origin).host,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const ours: Target = { name: 'Flowstate', url: `http://127.0.0.1:${product.port}/api/mcp`, pid: product.pid };
  const peers = await servers.start(await settingFor(product, origin, headers));
  const rows: Row[] = [];
  for (const workload of workloads(await sample(databaseUrl)).filter(
    ({ name }) => values.only === 'comparison' || name.includes(values.only),
  )) {
    const legacy = legacyLoad(workload, headers);
    await assertSameAnswers([ours, ...peers], legacy);
    const runs = [
      ...[ours, ...peers].map((target) => ({ target, load: legacy })),
      { target: { ...ours, name: MODERN }, load: modernLoad(workload, headers) },
    ];
    rows.push({ workload: workload.name, servers: await inTurns(workload, runs) });
  }
  return rows;
}

const MODERN = 'Flowstate, 2026-07-28';

async function inTurns(workload: Workload, runs: readonly { target: Target; load: Load }[]): Promise<Record<string, Measured>> {
  const all: Record<string, Measured[]> = {};
  for (const { target, load } of runs) await warmUp(target, load);
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const { target, load } of runs) {
      process.stderr.write(`\r\x1b[K${workload.name}: round ${round} of ${values.rounds}, ${target.name}`);
      (all[target.name] ??= []).push(await measure(target, load, Number(values.seconds)));
    }
  }
  process.stderr.write('\r\x1b[K');
  return Object.fromEntries(Object.entries(all).map(([name, list]) => [name, medians(list)]));
}

function medians(list: readonly Measured[]): Measured {
  const middle = (key: keyof Measured): number => list.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;
  return { rate: middle('rate'), p50: middle('p50'), p99: middle('p99'), cpu: middle('cpu'), rss: middle('rss') };
}

async function settingFor(product: Product, origin: string, headers: Record<string, string>): Promise<Omit<Setting, 'port'>> {
  const jwks = (await (await fetch(`${origin}/.well-known/jwks.json`)).json()) as Setting['jwks'];
  const list = await postJson(
    `${origin}/api/mcp`,
    { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    { authorization: headers['authorization'] as string },
  );
  const { result } = (await list.json()) as { result: { tools: Setting['tools'] } };
  return { databaseUrl: product.databaseUrl as string, secret: SECRET, baseDomain: `localhost:${product.port}`, jwks, tools: result.tools };
}

/** A server that answers with something else would be compared in vain. */
async function assertSameAnswers(targets: readonly Target[], { bodies, headers }: Load): Promise<void> {
  const [body] = bodies;
  const answers = await Promise.all(targets.map((target) => ask(target, body as string, headers)));
  for (const [index, answer] of answers.entries()) {
    const same =
      'tools' in answer
        ? isDeepStrictEqual(toolNames(answer), toolNames(answers[0] ?? {}))
        : isDeepStrictEqual(dataOf(answer), dataOf(answers[0] ?? {}));
    if (!same || answer['isError'])
      throw new Error(
        `${targets[index]?.name} answers otherwise: ${JSON.stringify(dataOf(answer))}\nthan Flowstate: ${JSON.stringify(answers[0])}`,
      );
  }
}

/** Every server declares the whole catalogue, not only what is compared. */
function toolNames({ tools }: Record<string, unknown>): string[] {
  return (tools as { name: string }[]).map(({ name }) => name).sort();
}

/** Without the cursor, which names the very arguments that were sent. */
function dataOf({ structuredContent }: Record<string, unknown>): object {
  const { nextCursor: _, ...data } = (structuredContent ?? {}) as Record<string, unknown>;
  return data;
}

async function ask(
  target: Target,
  body: string,
  { host: _host, ...headers }: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const url = target.name === 'Flowstate' ? `http://${_host}/api/mcp` : target.url;
  const response = await fetch(url, { method: 'POST', body, headers });
  const { result } = (await response.json()) as { result: Record<string, unknown> };
  return result;
}

function asMcp(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.username = 'flowstate_mcp';
  url.password = loginPassword(Config.from({ APP_SECRET: SECRET }), 'mcp');
  return url.toString();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
