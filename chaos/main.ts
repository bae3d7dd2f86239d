/**
 * Breaks what the product stands on while clients work, and proves that nobody is locked out, nothing is half written,
 * no answer is missing in the audit trail, and no byte of one tenant reaches another.
 *
 *   npm run chaos -- --only kill,postgres --rounds 100 --seed 7
 */
import { parseArgs } from 'node:util';
import { resolveLocalhostNames } from '../test/support/localhost-names';
import { withServer } from './cluster';
import { Dice } from './dice';
import { run } from './clean-up';
import { kills } from './experiments/kill';
import { merges } from './experiments/merges';
import { postgres } from './experiments/postgres';
import { redis } from './experiments/redis';
import { markdownTable } from './markdown-table';
import type { Result } from './verdict';

type Experiment = (dice: Dice, rounds: number | undefined) => Promise<Result>;

const EXPERIMENTS: Record<string, Experiment> = {
  kill: (dice, rounds) => withServer((url) => kills('kill -9, PostgreSQL', dice, rounds ?? 100, url)),
  embedded: (dice, rounds) => kills('kill -9, embedded database', dice, rounds ?? 20, undefined),
  merge: (dice, rounds) => withServer((url) => merges(dice, rounds ?? 50, url)),
  postgres: (dice, rounds) => postgres(dice, rounds ?? 10, (rounds ?? 10) * 30),
  redis: (dice, rounds) => redis(dice, (rounds ?? 4) * 50),
};

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, rounds: { type: 'string' }, seed: { type: 'string', default: '1' } },
  });
  resolveLocalhostNames();
  const results: Result[] = [];
  for (const name of values.only?.split(',') ?? Object.keys(EXPERIMENTS)) {
    const experiment = EXPERIMENTS[name];
    if (!experiment) throw new Error(`There is no experiment "${name}", only ${Object.keys(EXPERIMENTS).join(', ')}.`);
    console.log(`${name} (seed ${values.seed})`);
    results.push(await experiment(new Dice(Number(values.seed)), values.rounds === undefined ? undefined : Number(values.rounds)));
  }
  const rows = results.map(({ experiment, did, figures, seconds, faults }) => [
    experiment,
    did,
    figures,
    seconds.toFixed(0),
    `${faults.length}`,
  ]);
  console.log(markdownTable(['Experiment', 'What was done', 'What came of it', 'Seconds', 'Broken'], rows));
  for (const { experiment, faults } of results) if (faults.length > 0) console.log(`${experiment}:\n  ${faults.join('\n  ')}`);
  return results.every(({ faults }) => faults.length === 0);
}

run(main);
