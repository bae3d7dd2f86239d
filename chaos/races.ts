/**
 * Runs every race of tokens, codes and consents on two processes that share one PostgreSQL (DATABASE_URL, else one of
 * its own), and proves that its rule holds in each round and that the database is whole afterwards.
 *
 *   npm run races -- --only TOK-8,RT-3 --rounds 1000 --seed 7
 */
import { parseArgs } from 'node:util';
import { resolveLocalhostNames } from '../test/support/localhost-names';
import { run } from './clean-up';
import { withServer } from './cluster';
import { halfWrites, QUERIES } from './consistency';
import { Dice } from './dice';
import { CODE_RACES } from './races/codes';
import type { Race } from './races/race';
import { REFRESH_RACES } from './races/refreshes';
import { Track } from './races/track';
import { markdownTable } from './markdown-table';

const RACES: readonly Race[] = [...CODE_RACES, ...REFRESH_RACES];
const OPTIONS = {
  only: { type: 'string' },
  rounds: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
} as const;

/** @returns the row of the table */
async function runRace(track: Track, race: Race, faults: string[]): Promise<string[]> {
  const { rounds } = track;
  const began = performance.now();
  const before = { requests: track.requests, again: track.again };
  const known = faults.length;
  const round = await race.prepare(track);
  for (let at = 0; at < rounds; at += 1) {
    await round(at).catch((error: unknown) => {
      faults.push(`${race.id}, round ${at}: ${String(error)}`);
      if (faults.length <= 20) console.log(`  BROKEN: ${faults.at(-1)}`);
    });
    if ((at + 1) % 200 === 0) console.log(`  ${race.id}: ${at + 1} of ${rounds} rounds`);
  }
  const seconds = (performance.now() - began) / 1000;
  return [
    race.id,
    race.title,
    String(rounds),
    String(track.requests - before.requests),
    String(track.again - before.again),
    seconds.toFixed(0),
    String(faults.length - known),
  ];
}

async function runAll(serverUrl: string, wanted: readonly string[], seed: number, rounds: number, faults: string[]): Promise<string[][]> {
  const track = await Track.open(new Dice(seed), serverUrl, rounds);
  const rows: string[][] = [];
  try {
    for (const race of RACES.filter(({ id }) => wanted.includes(id))) rows.push(await runRace(track, race, faults));
    await track.inspect('set search_path = platform, live');
    for (const one of await halfWrites(track.inspect)) faults.push(`afterwards: ${one}`);
    return rows;
  } finally {
    await track.close();
  }
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: OPTIONS });
  const wanted = values.only?.split(',') ?? RACES.map(({ id }) => id);
  const unknown = wanted.filter((id) => !RACES.some((race) => race.id === id));
  if (unknown.length > 0) throw new Error(`There is no race ${unknown.join(', ')}, only ${RACES.map(({ id }) => id).join(', ')}.`);
  resolveLocalhostNames();
  const faults: string[] = [];
  const rows = await withServer((url) => runAll(url, wanted, Number(values.seed), Number(values.rounds), faults));
  console.log(markdownTable(['Id', 'Race', 'Rounds', 'Requests', 'Told to try again', 'Seconds', 'Broken'], rows));
  console.log(`${QUERIES} consistency queries afterwards. ${faults.length === 0 ? 'Every rule held.' : faults.join('\n')}`);
  return faults.length === 0;
}

run(main);
