import type { SourceRecord } from '../file/records';
import { Unreadable } from './unreadable';

/** A record by its headers. */
export type Cells = Readonly<Record<string, string>>;

/** The export of a known system: recognised by its headers, and how it says what an entity has. */
export interface KnownExport {
  /** As the mapping names it. */
  readonly name: string;
  readonly about: string;
  /** Headers that together no other export has. */
  readonly headers: readonly string[];
  /** Field → header. */
  readonly columns: Readonly<Record<string, string>>;
  /** Columns that the file does not have, computed from those of a record. */
  readonly derived?: Readonly<Record<string, (cells: Cells) => string>>;
  /** Makes several records of one, whose columns are these. It may look at the whole file first. */
  readonly unfolded?: {
    readonly headers: readonly string[];
    readonly prepare: (records: () => AsyncIterable<Cells>) => Promise<(cells: Cells) => readonly Cells[]>;
  };
  readonly formats?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
}

/** What is said instead of a record that cannot be read. */
const told = (line: number, error: unknown): SourceRecord => {
  if (!(error instanceof Unreadable)) throw error;
  return { line, cells: [], wrong: error.message };
};

export function recognise(exports: readonly KnownExport[], headers: readonly string[]): KnownExport | undefined {
  const present = new Set(headers);
  return exports.find((one) => one.headers.every((header) => present.has(header)));
}

/** The headers of the table that an export is read as. */
export function headersOf({ unfolded, derived = {} }: KnownExport, headers: readonly string[]): readonly string[] {
  return unfolded ? unfolded.headers : [...headers, ...Object.keys(derived)];
}

/** The records of that table. @param records of the file, without the header */
export async function* recordsOf(
  known: KnownExport,
  headers: readonly string[],
  records: () => AsyncIterable<SourceRecord>,
): AsyncGenerator<SourceRecord> {
  const named = ({ cells }: SourceRecord): Cells => Object.fromEntries(headers.map((header, index) => [header, cells[index] ?? '']));
  const { unfolded, derived = {} } = known;
  if (unfolded === undefined) {
    for await (const record of records()) yield record.wrong === undefined ? derivedOf(record, named(record), derived) : record;
    return;
  }
  const unfold = await unfolded.prepare(async function* () {
    for await (const record of records()) if (record.wrong === undefined) yield named(record);
  });
  for await (const record of records()) {
    if (record.wrong !== undefined) yield record;
    else yield* unfoldedOf(record.line, () => unfold(named(record)), unfolded.headers);
  }
}

function derivedOf({ line, cells }: SourceRecord, named: Cells, derived: NonNullable<KnownExport['derived']>): SourceRecord {
  try {
    return { line, cells: [...cells, ...Object.values(derived).map((derive) => derive(named))] };
  } catch (error) {
    return told(line, error);
  }
}

function unfoldedOf(line: number, unfold: () => readonly Cells[], headers: readonly string[]): SourceRecord[] {
  try {
    return unfold().map((cells) => ({ line, cells: headers.map((header) => cells[header] ?? '') }));
  } catch (error) {
    return [told(line, error)];
  }
}

/** The headers that computed columns are made of. */
export function headersBehind({ derived = {} }: KnownExport): ReadonlySet<string> {
  const read = new Set<string>();
  const blank: Cells = new Proxy(
    {},
    {
      get: (_cells, header) => void read.add(String(header)),
      has: (_cells, header) => Boolean(read.add(String(header))),
    },
  );
  for (const derive of Object.values(derived)) derive(blank);
  return read;
}
