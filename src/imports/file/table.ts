import { ImportError } from '../import-error';
import { bytesOf, type CallerFiles } from './caller-files';
import { Delimiter, DELIMITERS, detectDelimiter } from './delimiter';
import { decode, detectEncoding, Encoding } from './encoding';
import { type KnownExport, headersOf, recognise, recordsOf as recordsOfExport } from '../exports/known-export';
import { jsonRecords, looksLikeJson } from './json-records';
import { aligned, records, SourceRecord } from './records';

/** How the file is to be read. */
export interface Layout {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** Name of the known export that it is. */
  readonly export?: string;
}

/** Characters of the beginning that tell the delimiter. */
const SAMPLE = 256 * 1024;

/** The table in the caller's file; of a known export, the table that it is read as. */
export class Table {
  private constructor(
    private readonly files: CallerFiles,
    readonly layout: Layout,
    private readonly fileHeaders: readonly string[],
    readonly known: KnownExport | undefined,
  ) {}

  /**
   * @param given from a mapping; otherwise it is detected
   * @param exports that may be recognised
   */
  static async open(files: CallerFiles, given?: Layout, exports: readonly KnownExport[] = []): Promise<Table> {
    if ((await files.read('data', 0)) === undefined) throw new ImportError(`There is no file ${files.nameOf('data')}.`);
    const layout = given ?? (await detect(files));
    for await (const { cells } of recordsOf(files, layout)) {
      if (cells.every((cell) => tidy(cell) === '')) break;
      const headers = uniqueNames(cells.map(tidy));
      const known = given ? exports.find(({ name }) => name === given.export) : recognise(exports, headers);
      return new Table(files, { ...layout, ...(known && { export: known.name }) }, headers, known);
    }
    throw new ImportError(`${files.nameOf('data')} is empty: it should begin with a line of column headers.`);
  }

  get headers(): readonly string[] {
    return this.known ? headersOf(this.known, this.fileHeaders) : this.fileHeaders;
  }

  rows(): AsyncIterable<SourceRecord> {
    return this.known ? recordsOfExport(this.known, this.fileHeaders, () => this.fileRows()) : this.fileRows();
  }

  /** Without lines that are blank. */
  private async *fileRows(): AsyncGenerator<SourceRecord> {
    let header = true;
    for await (const record of recordsOf(this.files, this.layout)) {
      if (!header && record.cells.some((cell) => tidy(cell) !== ''))
        yield aligned(record, this.fileHeaders.length, this.known !== undefined);
      header = false;
    }
  }
}

async function detect(files: CallerFiles): Promise<Layout> {
  const encoding = await detectEncoding(bytesOf(files, 'data'));
  let sample = '';
  for await (const text of decode(bytesOf(files, 'data'), encoding)) {
    sample += text;
    if (sample.length > SAMPLE) break;
  }
  return { encoding, delimiter: looksLikeJson(sample) ? 'json' : detectDelimiter(sample, sample.length <= SAMPLE) };
}

function recordsOf(files: CallerFiles, { encoding, delimiter }: Layout): AsyncGenerator<SourceRecord> {
  const text = decode(bytesOf(files, 'data'), encoding);
  return delimiter === 'json' ? jsonRecords(text) : records(text, DELIMITERS[delimiter]);
}

/** Exports pad cells, also with no-break spaces, and some quote before padding. */
export function tidy(cell: string): string {
  const text = cell.replace(/\s+/g, ' ').trim();
  return /^".*"$/.test(text) ? text.slice(1, -1).trim() : text;
}

/** Each column by a name of its own: a second "Name" is "Name (2)", one without a header "Column 7". */
function uniqueNames(headers: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return headers.map((header, index) => {
    const name = header || `Column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
