/**
 * 100,000 inputs made from the grammars of JSON-RPC (both protocol eras), HTTP, OAuth and the pages, sent to the built
 * product in a process and on a database of its own: the embedded one, or on the server that DATABASE_URL names.
 *
 *   npm run fuzz -- --inputs 100000 --seed 7
 *   npm run fuzz -- --seed 7 --only 31337      one input of that run again
 */
import { parseArgs } from 'node:util';
import { resolveLocalhostNames } from '../../test/support/localhost-names';
import { run } from './run';
import { complaints, figures } from './verdict';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== '--'),
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    workers: { type: 'string', default: '16' },
  },
});

/** Part of the inputs go to a product with the limits of a fresh installation. */
const SHARE_AT_NORMAL_LIMITS = 0.05;

async function main(): Promise<void> {
  resolveLocalhostNames();
  const seed = Number(values.seed);
  const total = values.only === undefined ? Number(values.inputs) : 1;
  const first = Number(values.only ?? 0);
  const normal = Math.floor(total * SHARE_AT_NORMAL_LIMITS);
  const common = { seed, workers: Number(values.workers), progress: process.stdout.isTTY ? progress : undefined };
  const plans = [
    { ...common, first, inputs: total - normal, normalLimits: false },
    { ...common, first: first + total - normal, inputs: normal, normalLimits: true },
  ].filter(({ inputs }) => inputs > 0);
  for (const plan of plans) {
    const outcome = await run(plan);
    console.log(figures(outcome));
    for (const complaint of complaints(outcome)) {
      console.log(`\nFAILED: ${complaint}`);
      process.exitCode = 1;
    }
  }
}

function progress(inputs: number, { heap, rss }: { heap: number; rss: number }): void {
  console.log(`  ${inputs} inputs, heap ${heap.toFixed(1)} MB, RSS ${rss.toFixed(1)} MB`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
