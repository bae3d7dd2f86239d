import { ask, Answer } from '../ask';
import { Cluster } from '../cluster';
import { Crowd } from '../crowd';
import type { Dice } from '../dice';
import { pause } from '../pause';
import { Stage } from '../stage';
import { Result, verdict } from '../verdict';

const CLIENTS = 8;

/** Milliseconds from the server's return in which every replica has to serve again. */
const RECOVERY = 5_000;

/** More than the connections of all pools of a replica: a poisoned one would be met. */
const AT_ONCE = 40;

interface Trial {
  readonly cluster: Cluster;
  readonly stage: Stage;
  readonly crowd: Crowd;
  readonly dice: Dice;
}

/** REL-2: restarts of every kind, each `rounds` times, then a storm of killed connections. */
export async function postgres(dice: Dice, rounds: number, storm: number): Promise<Result> {
  const began = performance.now();
  const cluster = await Cluster.start();
  const stage = await Stage.open(dice, { serverUrl: cluster.url });
  try {
    const crowd = await Crowd.gather(stage, dice.fork(), Math.min(CLIENTS, 2 + rounds));
    const trial = { cluster, stage, crowd, dice };
    crowd.begin();
    const recoveries = await restarts(trial, rounds);
    await terminateMany(trial, storm);
    await checkConnections(trial);
    const { figures, faults } = await verdict(crowd);
    return {
      experiment: 'PostgreSQL restarts and killed connections',
      did: `${rounds} fast and ${rounds} immediate restarts, ${storm} connections killed`,
      figures: `slowest recovery ${Math.round(Math.max(...recoveries))} ms, ${figures}`,
      faults,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await stage.close();
    await cluster.close();
  }
}

async function restarts(trial: Trial, rounds: number): Promise<number[]> {
  const recoveries: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const mode of ['fast', 'immediate'] as const) recoveries.push(await restart(trial, mode, trial.dice.between(0, 3000)));
    console.log(`  ${round} of ${rounds} restarts of each kind, back after ${recoveries.slice(-2).map(Math.round).join(' and ')} ms`);
  }
  return recoveries;
}

/** @returns milliseconds from the server's return to the last answer that was not the wanted one */
async function restart({ cluster, stage, crowd, dice }: Trial, mode: 'fast' | 'immediate', downFor: number): Promise<number> {
  await pause(dice.between(300, 1200));
  await cluster.stop(mode);
  await pause(downFor);
  await cluster.up();
  const back = performance.now();
  await Promise.all(stage.replicas.map(({ port }) => served(stage, crowd, port, back)));
  await pause(500);
  const recovery = Math.max(0, crowd.ledger.lastAgain - back);
  if (recovery > RECOVERY) crowd.ledger.fault(`after a restart (${mode}) it took ${recovery} ms until everybody was served`);
  return recovery;
}

async function served(stage: Stage, crowd: Crowd, port: number, back: number): Promise<void> {
  let answer: Answer | undefined;
  while (performance.now() - back < 2 * RECOVERY) {
    answer = await list(stage, crowd, port);
    if (answer?.status === 200) return allServed(stage, crowd, port);
    await pause(50);
  }
  crowd.ledger.fault(`a replica did not serve within ${2 * RECOVERY} ms of the server's return: ${answer?.status} ${answer?.body}`);
}

/** Each connection of the pools in turn, or at once: none may have been spoilt. */
async function allServed(stage: Stage, crowd: Crowd, port: number): Promise<void> {
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => list(stage, crowd, port)));
  const bad = answers.filter((answer) => answer?.status !== 200);
  if (bad.length > 0) crowd.ledger.fault(`${bad.length} of ${AT_ONCE} calls failed after the recovery: ${bad[0]?.status} ${bad[0]?.body}`);
}

function list(stage: Stage, crowd: Crowd, port: number): Promise<Answer | undefined> {
  const params = { name: 'get_organization_context', arguments: {} };
  return ask({
    ...{ port, host: stage.host(crowd.bystander.slug), path: '/api/mcp' },
    headers: { authorization: `Bearer ${crowd.bystander.accessToken}` },
    json: { jsonrpc: '2.0', id: 1, method: 'tools/call', params },
  });
}

async function terminateMany(trial: Trial, storm: number): Promise<void> {
  const { cluster, dice, crowd, stage } = trial;
  for (let killed = 0; killed < storm; killed += 1) {
    await cluster.terminateOne(dice.next());
    await pause(dice.between(0, 30));
    if ((killed + 1) % 100 === 0) console.log(`  ${killed + 1} of ${storm} connections killed`);
  }
  await pause(1_500);
  for (const { port } of stage.replicas) await allServed(stage, crowd, port);
}

/** One connection of each replica listens for changes, and no pool has outgrown its size. */
async function checkConnections({ cluster, stage, crowd }: Trial): Promise<void> {
  const connections = await cluster.connections();
  const listening = connections.get('flowstate_listen') ?? 0;
  if (listening !== stage.replicas.length) crowd.ledger.fault(`${listening} connections listen for changes, not ${stage.replicas.length}`);
  for (const replica of stage.replicas) if (!replica.alive) crowd.ledger.fault(`a replica has ended: ${replica.output.slice(-500)}`);
}
