import { ImportError } from '../import-error';
import { bytesOf, type CallerFiles } from './caller-files';
import { Delimiter, DELIMITERS, detectDelimiter } from './delimiter';
import { decode, detectEncoding, Encoding } from './encoding';
import { records, SourceRecord } from './records';

/** How the file is to be read. */
export interface Layout {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
}

/** Characters of the beginning that tell the delimiter. */
const SAMPLE = 256 * 1024;

/** The table in the caller's file. */
export class Table {
  private constructor(
    private readonly files: CallerFiles,
    readonly layout: Layout,
    readonly headers: readonly string[],
  ) {}

  /** @param given from a mapping; otherwise it is detected */
  static async open(files: CallerFiles, given?: Layout): Promise<Table> {
    if ((await files.read('data', 0)) === undefined) throw new ImportError(`There is no file ${files.nameOf('data')}.`);
    const layout = given ?? (await detect(files));
    for await (const { cells } of recordsOf(files, layout)) {
      if (cells.every((cell) => tidy(cell) === '')) break;
      return new Table(files, layout, uniqueNames(cells.map(tidy)));
    }
    throw new ImportError(`${files.nameOf('data')} is empty: it should begin with a line of column headers.`);
  }

  async *rows(): AsyncGenerator<SourceRecord> {
    let header = true;
    for await (const record of recordsOf(this.files, this.layout)) {
      if (!header) yield record;
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
  return { encoding, delimiter: detectDelimiter(sample, sample.length <= SAMPLE) };
}

function recordsOf(files: CallerFiles, { encoding, delimiter }: Layout): AsyncGenerator<SourceRecord> {
  return records(decode(bytesOf(files, 'data'), encoding), DELIMITERS[delimiter]);
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
