import type { Entity, Field, OrganizationFacts } from '../entity';
import { headersBehind, type KnownExport } from '../exports/known-export';
import { DATE_FORMATS, parseDate } from '../file/dates';
import { PLACE } from '../file/json-records';
import { FormatVote } from '../file/format-vote';
import { NUMBER_FORMATS, parseNumber } from '../file/numbers';
import { Table, tidy } from '../file/table';
import { proposeSettings } from './check';
import { ASK, Mapping, Proposal } from './mapping';
import { isBlank } from './read-rows';

/** Distinct values up to which a choice's column is listed; with more it is none. */
const MEANINGS = 30;

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Looks at the headers and once over all rows. */
export async function propose(entity: Entity, table: Table, organization: OrganizationFacts): Promise<Proposal> {
  const columns = table.known ? ofExport(table.known, table.headers) : byHeader(entity, table.headers);
  const watched = entity.fields.filter(({ name }) => name in columns);
  const inspector = entity.inspector?.();
  const watchers = new Map(watched.map((field) => [field.name, watcher(field)]));
  const index = new Map(watched.map(({ name }) => [name, table.headers.indexOf(columns[name] as string)]));
  for await (const { cells, wrong } of table.rows()) {
    if (wrong !== undefined) continue;
    const values: Record<string, string> = {};
    for (const { name, kind } of watched) {
      const text = tidy(cells[index.get(name) as number] ?? '');
      if (isBlank(text, kind)) continue;
      values[name] = text;
      watchers.get(name)?.see(text);
    }
    inspector?.see(values);
  }
  const remarks = inspector?.conclude(columns) ?? {};
  return proposal(entity, table, columns, watchers, remarks, organization);
}

/** Field → header. A column goes to the first field that knows its header, by the likelier headers first. */
function byHeader(entity: Entity, headers: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  const free = new Map(headers.map((header) => [plain(header), header]).reverse() as [string, string][]);
  for (const { name, headers: known } of entity.fields) {
    const match = known.map(plain).find((one) => free.has(one));
    if (match === undefined) continue;
    found[name] = free.get(match) as string;
    free.delete(match);
  }
  return found;
}

function ofExport({ columns }: KnownExport, headers: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(columns).filter(([, header]) => headers.includes(header)));
}

/** What is learnt of one column. */
interface Watcher {
  see(text: string): void;
  format?(): { format: string; note?: string };
  meanings?(): Record<string, string>;
}

function watcher(field: Field): Watcher {
  if (field.kind === 'date') return voter(new FormatVote(DATE_FORMATS, parseDate));
  if (field.kind === 'number') return voter(new FormatVote(NUMBER_FORMATS, parseNumber));
  if (field.choices) return choiceWatcher(field.choices);
  return { see: () => undefined };
}

function voter<F extends string>(vote: FormatVote<F>): Watcher {
  return {
    see: (text) => vote.see(text),
    format: () => {
      const decided = vote.decide();
      if ('format' in decided) return { format: decided.format };
      const { candidates } = decided;
      const note = candidates.length > 0 ? `The column does not tell ${candidates.join(' from ')}.` : 'No known format fits this column.';
      return { format: ASK, note };
    },
  };
}

function choiceWatcher(choices: NonNullable<Field['choices']>): Watcher {
  const seen = new Set<string>();
  const meaning = (text: string): string =>
    Object.entries(choices).find(([, beginnings]) => beginnings.some((one) => plain(text).startsWith(plain(one))))?.[0] ?? ASK;
  return {
    see: (text) => void (seen.size <= MEANINGS && seen.add(text)),
    meanings: () => (seen.size > MEANINGS ? {} : Object.fromEntries([...seen].sort().map((text) => [text, meaning(text)]))),
  };
}

function proposal(
  entity: Entity,
  table: Table,
  columns: Record<string, string>,
  watchers: Map<string, Watcher>,
  remarks: Record<string, string>,
  organization: OrganizationFacts,
): Proposal {
  const formats: Record<string, string> = {};
  const values: Record<string, Record<string, string>> = {};
  const notes: Record<string, string> = Object.fromEntries(Object.entries(remarks).map(([name, text]) => [`columns ${name}`, text]));
  for (const { name, required, about } of entity.fields) {
    if (required && !(name in columns)) columns[name] = ASK;
    if (columns[name] === ASK) notes[`columns ${name}`] ??= about;
    const seen = name in columns ? watchers.get(name) : undefined;
    const pinned = table.known?.formats?.[name];
    const format = pinned === undefined ? seen?.format?.() : seen && { format: pinned };
    if (format) formats[name] = format.format;
    if (format && 'note' in format && format.note !== undefined) notes[`formats ${name}`] = format.note;
    const meanings = seen?.meanings?.();
    if (meanings) values[name] = meanings;
    if (meanings)
      notes[`values of ${name}`] =
        `${about} One of ${Object.keys(entity.fields.find((one) => one.name === name)?.choices ?? {}).join(', ')}.`;
  }
  const settings = proposeSettings(entity, columns, organization, table.known);
  if (table.known) notes['file export'] = `Recognised by its headers: ${table.known.about}`;
  for (const { name, about } of entity.settings) if (name in settings) notes[`settings ${name}`] = about;
  const mapping: Mapping = { ...table.layout, columns, formats, values, settings };
  const used = new Set([...Object.values(columns), ...(table.known ? headersBehind(table.known) : [])]);
  return { mapping, notes, ignored: table.headers.filter((header) => header !== PLACE && !used.has(header)) };
}
