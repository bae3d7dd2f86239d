import { losses, untold } from './completeness';
import { halfWrites, QUERIES } from './consistency';
import type { Crowd } from './crowd';

/** One row of the table: what was done, and what came of it. */
export interface Result {
  readonly experiment: string;
  readonly did: string;
  readonly figures: string;
  readonly faults: readonly string[];
  readonly seconds: number;
}

/** Holds what the database says against what the clients were told. */
export async function verdict(crowd: Crowd): Promise<{ figures: string; faults: readonly string[] }> {
  await crowd.settle();
  const { ledger } = crowd;
  const log = crowd.world.stage.output;
  if (ledger.total('answered 500') > 0) console.log(errorLines(log));
  const figures = await crowd.world.stage.inspect(async (inspect) => {
    for (const one of await halfWrites(inspect)) ledger.fault(one);
    for (const one of await losses(inspect, ledger, log)) ledger.fault(one);
    return [
      `${ledger.total('answered')} answers`,
      ...['answered 503', 'failed inside a 200', 'connected anew after a cut', 'refusals in the log instead of the trail']
        .filter((what) => ledger.total(what) > 0)
        .map((what) => `${ledger.total(what)} ${what}`),
      `${ledger.expected.size} answers to be audited`,
      `${ledger.refreshTokens.size + ledger.codes.size} tokens and codes held, all stored`,
      `${ledger.total('scenario writes')} scenario writes with ${ledger.changes.size} changes`,
      `${QUERIES} consistency queries`,
      `${await untold(inspect)} changes that nobody was told of`,
    ].join(', ');
  });
  return { figures, faults: ledger.faults };
}

/** What the servers said about requests that failed. */
function errorLines(log: string): string {
  const lines = log.split('\n').filter((line) => /error/i.test(line));
  return lines.slice(-20).join('\n');
}
