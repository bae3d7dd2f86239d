import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Search } from './in-database';
import type { Measured } from './load';
import type { Refreshes } from './refreshes';

export interface Row {
  readonly workload: string;
  /** By the server's name. */
  readonly servers: Readonly<Record<string, Measured>>;
}

export interface Results {
  readonly people: number;
  readonly rows: readonly Row[];
  readonly searches: readonly Search[];
  readonly refreshes: Refreshes;
}

const OURS = 'Flowstate';

export function report({ people, rows, searches, refreshes }: Results): string {
  return [
    `${people.toLocaleString('en')} people, ${cpus().length} processors for PostgreSQL, server and load together, eight connections, medians of the rounds.`,
    table(
      ['Request', 'of the floor', 'of @rekog/mcp-nest', 'of an SDK server per request'],
      rows.map(({ workload, servers }) => [
        workload,
        ...['floor', '@rekog/mcp-nest', 'SDK per request'].map((peer) => ratio(servers, peer)),
      ]),
    ),
    table(
      ['Request', 'Server', 'Requests/s', 'CPU µs/request', 'p50 ms', 'p99 ms', 'RSS MiB'],
      rows.flatMap(({ workload, servers }) =>
        Object.entries(servers).map(([name, one]) => [
          workload,
          name,
          ...[one.rate, one.cpu].map((value) => value.toFixed(0)),
          ...[one.p50, one.p99].map((value) => value.toFixed(1)),
          one.rss.toFixed(0),
        ]),
      ),
    ),
    table(
      ['Search, in the database', 'p50 ms', 'p95 ms', 'max ms'],
      searches.map(({ name, p50, p95, max }) => [name, ...[p50, p95, max].map((value) => value.toFixed(2))]),
    ),
    `Refreshes: ${refreshes.rate.toFixed(0)} per second by 32 clients at once, p50 ${refreshes.p50.toFixed(1)} ms, p99 ${refreshes.p99.toFixed(1)} ms.`,
  ].join('\n\n');
}

function ratio(servers: Row['servers'], peer: string): string {
  const [ours, theirs] = [servers[OURS], servers[peer]];
  return ours && theirs ? `${(ours.rate / theirs.rate).toFixed(2)} × (CPU ${(theirs.cpu / ours.cpu).toFixed(2)} ×)` : '';
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const PAGE = join(__dirname, '../docs/performance.md');
const BEGIN = {
  comparison: '<!-- made by npm run bench -- --write -->',
  reads: '<!-- made by npm run bench -- --only reads --write -->',
  embedded: '<!-- made by npm run bench -- --only reads --sizes 1000 --write, without DATABASE_URL -->',
  scenarios: '<!-- made by npm run bench -- --only scenarios --write -->',
  merges: '<!-- made by npm run bench -- --only merges --write -->',
};
const END = '<!-- end -->';

export type Section = keyof typeof BEGIN;

/** Puts the tables into the page, between the section's two marks. */
export function writeReport(section: Section, text: string): void {
  const [before = '', rest = ''] = readFileSync(PAGE, 'utf8').split(BEGIN[section]);
  const after = rest.slice(rest.indexOf(END) + END.length);
  writeFileSync(PAGE, `${before}${BEGIN[section]}\n\n${text}\n\n${END}${after}`);
}
