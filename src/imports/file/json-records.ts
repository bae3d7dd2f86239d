import { ImportError } from '../import-error';
import type { SourceRecord } from './records';

/** Characters of the longest JSON file; it is read as a whole. */
const MAX_JSON = 200_000_000;

/** Column with the place of an entry in the list that it is from: what is said of the whole list counts once, at '0'. */
export const PLACE = '#';

type Flat = Record<string, string>;

export function looksLikeJson(sample: string): boolean {
  return /^\s*(\{\s*"|\[\s*\{)/.test(sample);
}

/**
 * A JSON document, or one per line, as a table: a record per innermost entry, with what is said above it; columns are
 * paths. A list is followed where it is the only list of objects at its place. "Line" is the number of the record.
 */
export async function* jsonRecords(text: AsyncIterable<string>): AsyncGenerator<SourceRecord> {
  let whole = '';
  for await (const part of text) {
    whole += part;
    if (whole.length > MAX_JSON) throw new ImportError('The file is larger than JSON files may be (200 MB): divide it.');
  }
  const rows = documents(whole).flatMap((one) => flatten(one));
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  yield { line: 0, cells: headers };
  for (const [index, row] of rows.entries()) yield { line: index + 1, cells: headers.map((header) => row[header] ?? '') };
}

function documents(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parsedLine(line, index)]));
  }
}

function parsedLine(line: string, index: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ImportError(`The file is neither one JSON document nor one per line (line ${index + 1}).`);
  }
}

/** The path of the outermost list is left out: an answer of an API and the entries of several are alike. */
function flatten(value: unknown, above: Flat = {}, path?: string): Flat[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => flatten(entry, { ...above, [PLACE]: String(index) }, path ?? ''));
  if (!isObject(value)) return [];
  const { own, lists } = split(value, path ?? '');
  const here = { ...above, ...own };
  const [list] = lists;
  if (list === undefined || lists.length > 1) return [here];
  if (path !== undefined && Array.isArray(list.value) && list.value.length === 0) return [{ ...here, [PLACE]: '0' }];
  return flatten(list.value, here, path === undefined ? undefined : list.path);
}

/** What is said here, also in objects below, and the lists of objects. */
function split(value: object, path: string): { own: Flat; lists: { path: string; value: unknown }[] } {
  const own: Flat = {};
  const lists: { path: string; value: unknown }[] = [];
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (Array.isArray(inner)) {
      if (inner.length === 0 || inner.some(isObject)) lists.push({ path: at, value: inner });
    } else if (isObject(inner)) {
      const below = split(inner, at);
      Object.assign(own, below.own);
      lists.push(...below.lists);
    } else if (inner !== null) own[at] = typeof inner === 'number' ? plain(inner) : String(inner);
  }
  return { own, lists };
}

/** Digits, also of what JavaScript writes with an exponent. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e-') ? value.toFixed(20) : text;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
