import { connect } from 'node:net';
import { RedisServer } from '../../test/rate-limit/redis-server';
import { Answer, ask, KEPT } from '../ask';
import { Crowd } from '../crowd';
import type { Dice } from '../dice';
import { pause } from '../pause';
import { Relay } from '../relay';
import { Stage } from '../stage';
import { steadyPort } from '../steady-port';
import { Result, verdict } from '../verdict';

const CLIENTS = 4;
const LIMIT = 1_000_000;
const MINUTE = 60_000;

/** What becomes of Redis, in order. Each leaves it as the next one finds it. */
type Blow = { readonly name: string; readonly strike: (trial: Trial) => Promise<void> | void };
const BLOWS: readonly Blow[] = [
  { name: 'absent from the start', strike: () => undefined },
  { name: 'comes', strike: ({ redis }) => redis.restart() },
  { name: 'flushed', strike: ({ port }) => flush(port) },
  { name: 'hung', strike: ({ redis }) => redis.freeze() },
  { name: 'wakes up', strike: ({ redis }) => redis.thaw() },
  { name: '200 ms late', strike: ({ relay }) => void (relay.delay = 200) },
  { name: 'in time again', strike: ({ relay }) => void (relay.delay = 0) },
  { name: 'dies', strike: ({ redis }) => redis.stop() },
  { name: 'comes back', strike: ({ redis }) => redis.restart() },
];
const WORKS = /comes|flushed|wakes|in time/;

interface Trial {
  readonly redis: RedisServer;
  readonly relay: Relay;
  /** The relay's port, as the product reaches Redis. */
  readonly port: number;
  readonly stage: Stage;
  readonly crowd: Crowd;
}

/** REL-3, REL-4: whatever becomes of Redis, every request is served with its headers. `npm run bench:redis` bounds the time. */
export async function redis(dice: Dice, calls: number): Promise<Result> {
  const began = performance.now();
  const server = await RedisServer.start();
  await server.stop();
  const port = await steadyPort();
  const relay = await Relay.start(port, [server.port], dice.fork());
  const settings = { REDIS_URL: `redis://127.0.0.1:${port}`, RATE_LIMIT_PER_MINUTE: String(LIMIT) };
  const stage = await Stage.open(dice, { serverUrl: process.env['DATABASE_URL'] || undefined, settings });
  const trial = { redis: server, relay, port, stage, crowd: await Crowd.gather(stage, dice.fork(), CLIENTS) };
  try {
    trial.crowd.begin();
    const times: string[] = [];
    for (const blow of BLOWS) {
      await blow.strike(trial);
      times.push(`${blow.name} ${(await p99(trial, blow, calls)).toFixed(0)} ms`);
      console.log(`  ${times.at(-1)}`);
    }
    const minutes = (performance.now() - began) / MINUTE;
    const { figures, faults } = await verdict(trial.crowd);
    const alarms = await countAlarms(trial, minutes);
    const seconds = (performance.now() - began) / 1000;
    const did = `${BLOWS.length} states of Redis, ${calls} calls each`;
    return { experiment: 'Redis', did, figures: `p99: ${times.join(', ')}; ${alarms} alarms; ${figures}`, faults, seconds };
  } finally {
    server.thaw();
    await server.stop().catch(() => undefined);
    await relay.close();
    await stage.close();
  }
}

async function p99(trial: Trial, { name }: Blow, calls: number): Promise<number> {
  const { stage, crowd } = trial;
  if (WORKS.test(name)) await counting(trial, name);
  const times: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const began = performance.now();
    const answer = await list(trial, stage.replicas[call % stage.replicas.length]?.port ?? 0);
    times.push(performance.now() - began);
    if (answer?.status !== 200) crowd.ledger.fault(`Redis ${name}: a call was answered ${answer?.status}`);
    if (answer && !hasHeaders(answer)) crowd.ledger.fault(`Redis ${name}: no X-RateLimit headers`);
  }
  return times.sort((a, b) => a - b)[Math.ceil(calls * 0.99) - 1] ?? 0;
}

/** Counting goes on by itself, and in one place for all replicas. */
async function counting({ stage, ...trial }: Trial, name: string): Promise<void> {
  const ports = stage.replicas.map(({ port }) => port);
  for (const began = Date.now(); Date.now() - began < 10_000; await pause(100)) {
    const left: number[] = [];
    for (const port of [...ports, ...ports]) left.push(Number((await list({ stage, ...trial }, port))?.headers['x-ratelimit-remaining']));
    if (left.every((value, at) => at === 0 || value < (left[at - 1] as number))) return;
  }
  trial.crowd.ledger.fault(`Redis ${name}: requests were not counted together within 10 s`);
}

function hasHeaders({ headers }: Answer): boolean {
  return headers['x-ratelimit-limit'] === String(LIMIT) && /^\d+$/.test(String(headers['x-ratelimit-remaining']));
}

function list({ stage, crowd }: Trial, port: number): Promise<Answer | undefined> {
  const question = {
    ...{ port, host: stage.host(crowd.bystander.slug), path: '/api/mcp' },
    headers: { authorization: `Bearer ${crowd.bystander.accessToken}` },
    json: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
  };
  return ask(question, KEPT);
}

/** At least one, since Redis was away, and no more than one a minute from each replica. */
async function countAlarms({ stage, crowd }: Trial, minutes: number): Promise<number> {
  const [row] = await stage.inspect((inspect) =>
    inspect<{ count: number }>("select count(*)::int as count from audit_event where kind = 'rate_limit.open'"),
  );
  const alarms = row?.count ?? 0;
  const most = Math.ceil(minutes + 1) * stage.replicas.length;
  if (alarms < 1 || alarms > most) crowd.ledger.fault(`${alarms} alarm events in ${minutes.toFixed(1)} minutes`);
  return alarms;
}

async function flush(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'));
    socket.once('error', reject).once('data', () => {
      socket.destroy();
      resolve();
    });
  });
}
