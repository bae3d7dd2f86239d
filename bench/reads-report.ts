import { cpus } from 'node:os';
import { COSTS } from './read-cases';
import type { Reads, ReadTimes } from './reads';
import { table } from './report';

/** One organization's rebuild in at most a minute; p95 of its costs in a second with 100,000 people, 150 ms with 10,000. */
const REBUILD_SECONDS = 60;
const LARGEST = 100_000;
const COSTS_OF_10_000 = 150;

export function readsReport(results: readonly Reads[]): string {
  const { ping } = results.at(-1) as Reads;
  return [
    `${cpus().length} processors for PostgreSQL, server and client together; one request after the other, over HTTP. One that asks nothing (ping) takes ${ping.p50.toFixed(1)} / ${ping.p95.toFixed(1)} ms.`,
    table(
      ['People', 'Allocations', 'Cost segments', 'All segments rebuilt, s', 'Server after each round, MiB'],
      results.map(({ population, memory }) => [
        ...[population.people, population.allocations, population.segments].map((count) => count.toLocaleString('en')),
        population.rebuildSeconds.toFixed(1) + (population.rebuildSeconds > REBUILD_SECONDS ? ' (**over 60**)' : ''),
        memory.map((mib) => mib.toFixed(0)).join(', '),
      ]),
    ),
    table(
      ['p50 / p95, ms', 'Target', ...results.map(({ population }) => `${population.people.toLocaleString('en')} people`)],
      (results.at(-1)?.times ?? []).map(({ name, target }) => [
        name,
        String(target),
        ...results.map((one) =>
          cell(
            one,
            one.times.find((times) => times.name === name),
          ),
        ),
      ]),
    ),
  ].join('\n\n');
}

function cell({ population }: Reads, times: ReadTimes | undefined): string {
  if (times === undefined) return '';
  const target = times.name === COSTS.name && population.people < LARGEST ? COSTS_OF_10_000 : times.target;
  const text = `${times.p50.toFixed(1)} / ${times.p95.toFixed(1)}`;
  return times.p95 > target ? `**${text}**` : text;
}
