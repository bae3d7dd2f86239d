import { Crowd } from '../crowd';
import type { Dice } from '../dice';
import { liveRows } from '../fuzz/live-rows';
import { pause, until } from '../pause';
import type { Replica } from '../replica';
import { Stage } from '../stage';
import { Result, verdict } from '../verdict';

/** Who is interrupted; a few where only a few rounds are run. */
const CLIENTS = 10;

/** Answers that clients get before the next kill, so that each one interrupts something. */
const WORK = 15;

/** REL-1: `kill -9` at random moments, again and again, while clients work; now and then all replicas at once. */
export async function kills(name: string, dice: Dice, rounds: number, serverUrl: string | undefined): Promise<Result> {
  const began = performance.now();
  const stage = await Stage.open(dice, { serverUrl });
  try {
    const crowd = await Crowd.gather(stage, dice.fork(), Math.min(CLIENTS, 2 + rounds));
    const before = await live(stage);
    crowd.begin();
    let killed = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const answered = crowd.ledger.total('answered');
      await until('clients are served', () => crowd.ledger.total('answered') >= answered + WORK, 60_000);
      await pause(dice.between(0, 500));
      killed += await killAndRestart(stage.replicas, dice);
      if (round % 10 === 0) console.log(`  ${round} of ${rounds} rounds, ${crowd.ledger.total('answered')} answers`);
    }
    await pause(300);
    const { figures, faults } = await verdict(crowd);
    const untouched = (await live(stage)) === before;
    const did = `${killed} kills of ${stage.replicas.length === 1 ? 'the process' : `${stage.replicas.length} replicas`}`;
    return {
      experiment: name,
      did,
      figures: `${stage.relay.cutUnderWay} requests cut under way, ${figures}`,
      faults: untouched ? faults : [...faults, 'live rows changed, though only scenarios were written'],
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await stage.close();
  }
}

/** Live data as it is; of an embedded database only its own process could say. */
async function live({ databaseUrl }: Stage): Promise<string> {
  return databaseUrl === undefined ? '' : liveRows({ databaseUrl });
}

async function killAndRestart(replicas: readonly Replica[], dice: Dice): Promise<number> {
  const victims = dice.chance(0.15) ? replicas : [dice.pick(replicas)];
  await Promise.all(victims.map((replica) => replica.kill()));
  await pause(dice.between(0, 150));
  await Promise.all(victims.map((replica) => replica.start()));
  return victims.length;
}
