import { parse } from 'csv-parse/sync';
import { MAX_RECORD } from './records';

export const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
type CellDelimiter = keyof typeof DELIMITERS;
/** What stands between cells; a JSON file has none. */
export type Delimiter = CellDelimiter | 'json';

const RECORDS = 100;

/** The delimiter by which most of the first records have as many fields as the header, and the most fields. */
export function detectDelimiter(sample: string, complete: boolean): CellDelimiter {
  const lines = complete ? sample : sample.slice(0, sample.lastIndexOf('\n') + 1) || sample;
  const scores = (Object.keys(DELIMITERS) as CellDelimiter[]).map((delimiter) => ({ delimiter, ...score(lines, DELIMITERS[delimiter]) }));
  scores.sort((a, b) => b.share - a.share || b.fields - a.fields);
  return scores[0]?.delimiter ?? 'comma';
}

/** A share of 0 where nothing is divided: such a file has one column, whatever the delimiter. */
function score(sample: string, delimiter: string): { share: number; fields: number } {
  const [header, ...records] = parsed(sample, delimiter, RECORDS) ?? parsed(sample, delimiter, 1) ?? [[]];
  const fields = header?.length ?? 0;
  if (fields < 2) return { share: 0, fields };
  const regular = records.filter((record) => record.length === fields).length;
  return { share: records.length === 0 ? 0.1 : regular / records.length, fields };
}

/** Undefined where a quotation mark is open at the end of the sample, or a record is longer than records may be. */
function parsed(sample: string, delimiter: string, to: number): string[][] | undefined {
  const options = { delimiter, record_delimiter: '\n', relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
  try {
    return parse(sample, { ...options, to, max_record_size: MAX_RECORD });
  } catch {
    return undefined;
  }
}
