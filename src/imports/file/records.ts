import { CsvError, type InfoRecord, parse } from 'csv-parse';
import { pipeline, Readable } from 'node:stream';
import { ImportError } from '../import-error';

/** Longest record in bytes; what is longer has an open quotation mark or is no table. */
export const MAX_RECORD = 1_000_000;

export interface SourceRecord {
  /** Line of the file on which the record begins, the header's being 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why it cannot be read, in a few words. */
  readonly wrong?: string;
  /** Whether it has more or fewer cells than the header: nothing of it is where it should be. */
  readonly torn?: true;
}

/** The record by the columns of the header. People's files may have blank cells beyond it; in an export they mean that the row is shifted. */
export function aligned(record: SourceRecord, columns: number, exported: boolean): SourceRecord {
  const { line, cells } = record;
  const surplus = cells.slice(columns).some((cell) => exported || cell.trim() !== '');
  if (surplus || cells.length < columns) return { line, cells, wrong: `${cells.length} cells where the header has ${columns}`, torn: true };
  return cells.length === columns ? record : { line, cells: cells.slice(0, columns) };
}

/** Records of a table whose lines end in \n, one after the other, the header first. */
export async function* records(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<SourceRecord> {
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: MAX_RECORD,
  });
  pipeline(Readable.from(text), parser, () => undefined); // an error ends the iteration below
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: InfoRecord }>) {
      yield { line: info.lines - record.reduce((sum, cell) => sum + breaks(cell), 0), cells: record };
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error) : error;
  }
}

function breaks(cell: string): number {
  return cell.includes('\n') ? cell.split('\n').length - 1 : 0;
}

/** The library's sentences quote what they found, which may be anybody's data. */
function unreadable(error: CsvError): ImportError {
  const line = typeof error['lines'] === 'number' ? ` (line ${error['lines']})` : '';
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new ImportError(`A record${line} is longer than a megabyte: a quotation mark is not closed, or the file is no table.`);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new ImportError(`A quotation mark is not closed before the end of the file${line}.`);
  return new ImportError(`The file cannot be read as a table${line}: ${error.code}.`);
}
