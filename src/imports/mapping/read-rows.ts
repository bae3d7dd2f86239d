import type { Entity, Field, Kind, SourceRow } from '../entity';
import { DateFormat, parseDate } from '../file/dates';
import { isNothing, NumberFormat, parseNumber } from '../file/numbers';
import type { SourceRecord } from '../file/records';
import { Table, tidy } from '../file/table';
import type { Mapping } from './mapping';

/** What means nothing in a column of days or numbers may be a name in one of names. */
export function isBlank(text: string, kind: Kind): boolean {
  return text === '' || ((kind === 'date' || kind === 'number') && isNothing(text));
}

/** One value of each, however many rows have it: a hundred thousand rows have the same few departments and days. */
class Shared {
  private readonly known = new Map<string, string>();

  one(text: string): string {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    if (this.known.size < 50_000) this.known.set(text, text);
    return text;
  }
}

/** Rows that can be read; the others are refused, each with the first thing that is wrong, and whether its cells are not where they should be. */
export async function readRows(
  entity: Entity,
  mapping: Mapping,
  table: Table,
  refuse: (line: number, reason: string, torn: boolean) => void,
  progress: (rows: number) => void,
): Promise<SourceRow[]> {
  const read = rowReader(entity, mapping, table.headers);
  const lineOf = new Map<string, number>();
  const rows: SourceRow[] = [];
  let seen = 0;
  for await (const record of table.rows()) {
    seen += 1;
    progress(seen);
    const row = record.wrong ?? read(record);
    if (typeof row === 'string') {
      refuse(record.line, row, record.torn === true);
      continue;
    }
    const key = entity.key === undefined ? undefined : row.values[entity.key];
    const first = key === undefined ? undefined : lineOf.get(key);
    if (first !== undefined)
      refuse(row.line, `${entity.key} (column ${mapping.columns[entity.key ?? '']}) is the same as on line ${first}`, false);
    else rows.push(row);
    if (key !== undefined && first === undefined) lineOf.set(key, row.line);
  }
  return rows;
}

/** A row, or what is wrong with it. */
function rowReader(entity: Entity, mapping: Mapping, headers: readonly string[]): (record: SourceRecord) => SourceRow | string {
  const shared = new Shared();
  const readers = entity.fields
    .filter(({ name }) => name in mapping.columns)
    .map((field) => ({ field, at: headers.indexOf(mapping.columns[field.name] as string), read: cellReader(field, mapping) }));
  return ({ line, cells }) => {
    const values: Record<string, string> = {};
    for (const { field, at, read } of readers) {
      const text = tidy(cells[at] as string);
      const value = isBlank(text, field.kind) ? undefined : open(field.kind, read(text));
      if (value === undefined && field.required) return `${place(field, mapping)} is blank`;
      if (typeof value === 'object') return `${place(field, mapping)} ${value.wrong}`;
      const fault = value === undefined ? undefined : field.fault?.(value);
      if (fault !== undefined) return `${place(field, mapping)} ${fault}`;
      if (value !== undefined) values[field.name] = field.name === entity.key ? value : shared.one(value);
    }
    return entity.wrong?.(values, mapping) ?? { line, values };
  };
}

/** A day in the year 9999 is how some systems write "no end". */
function open(kind: Kind, value: ReturnType<CellReader>): ReturnType<CellReader> | undefined {
  return kind === 'date' && typeof value === 'string' && value.startsWith('9999') ? undefined : value;
}

/** A field as the operator knows it. */
export function place({ name }: Pick<Field, 'name'>, { columns }: Pick<Mapping, 'columns'>): string {
  return columns[name] === name ? name : `${name} (column ${columns[name]})`;
}

type CellReader = (text: string) => string | { wrong: string };

function cellReader(field: Field, { formats, values }: Mapping): CellReader {
  const { name, kind, max = 200 } = field;
  const format = formats[name] as string;
  const meanings = values[name] ?? {};
  const read: Record<Kind, CellReader> = {
    text: (text) => (text.length > max ? { wrong: `is longer than ${max} characters` } : (meanings[text] ?? text)),
    date: (text) => parseDate(text, format as DateFormat) ?? { wrong: `is no date of the format ${format}` },
    number: (text) => parseNumber(text, format as NumberFormat) ?? { wrong: `is no number of the format ${format}` },
    choice: (text) => meanings[text] ?? { wrong: `has a value that [values of ${name}] of the mapping does not list` },
  };
  return (text) => {
    if (text.includes('\u0000')) return { wrong: 'has a NUL character' };
    if (text.includes('\uFFFD')) return { wrong: 'has characters that the encoding of the mapping does not have' };
    return read[kind](text);
  };
}
