import { Delimiter, DELIMITERS } from '../file/delimiter';
import { Encoding, ENCODINGS } from '../file/encoding';
import { ImportError } from '../import-error';
import { Mapping, Proposal } from './mapping';

type Section = Record<string, string>;

const VALUES = 'values of ';

/** The mapping as a text that people edit: sections of `key = value`, notes on lines that begin with #. */
export function writeMapping({ mapping, notes, ignored }: Proposal, head: readonly string[]): string {
  const { encoding, delimiter, export: known, columns, formats, values, settings } = mapping;
  const sections: [string, Section][] = [
    ['file', { encoding, delimiter, ...(known !== undefined && { export: known }) }],
    ['columns', columns],
    ['formats', formats],
    ...Object.entries(values).map(([field, meanings]): [string, Section] => [`${VALUES}${field}`, meanings]),
    ['settings', settings],
  ];
  const lines = sections.flatMap(([name, section]) => ['', ...note(notes[name]), `[${name}]`, ...entries(name, section, notes)]);
  const rest = ignored.length > 0 ? ['', '# Columns that are not read:', ...ignored.map((header) => `#   ${quoted(header)}`)] : [];
  return [...head.map((line) => `# ${line}`.trimEnd()), ...lines, ...rest, ''].join('\n');
}

function entries(name: string, section: Section, notes: Proposal['notes']): string[] {
  return Object.entries(section).flatMap(([key, value]) => [...note(notes[`${name} ${key}`]), `${quoted(key)} = ${quoted(value)}`]);
}

function note(text: string | undefined): string[] {
  return text === undefined ? [] : [`# ${text}`];
}

/** In quotation marks only what could be taken for something else. */
function quoted(text: string): string {
  return text === '' || /^[#["]|^\s|\s$|=|\p{Cc}/u.test(text) ? JSON.stringify(text) : text;
}

const LINE = /^(?<key>"(?:[^"\\]|\\.)*"\s*|[^=]*)=\s*(?<value>.*)$/;

/** @throws ImportError with the line that is not understood */
export function readMapping(text: string, file: string): Mapping {
  const sections: Record<string, Section> = {};
  let current: Section | undefined;
  text.split(/\r\n?|\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    if (name !== undefined) {
      current = sections[name] ??= {};
      return;
    }
    const { key, value } = LINE.exec(line)?.groups ?? {};
    if (key === undefined || value === undefined || current === undefined)
      throw new ImportError(`${file}, line ${index + 1}: write "key = value" below a [section].`);
    current[unquoted(key.trimEnd(), file, index)] = unquoted(value, file, index);
  });
  return mappingOf(sections, file);
}

function unquoted(text: string, file: string, index: number): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    throw new ImportError(`${file}, line ${index + 1}: a quotation mark is not closed.`);
  }
}

function mappingOf(sections: Record<string, Section>, name: string): Mapping {
  const { file = {}, columns = {}, formats = {}, settings = {}, ...rest } = sections;
  const strange = Object.keys(rest).find((section) => !section.startsWith(VALUES));
  if (strange !== undefined) throw new ImportError(`${name}: there is no section [${strange}].`);
  return {
    encoding: oneOf(ENCODINGS, file['encoding'], `${name}: [file] encoding`) as Encoding,
    delimiter: oneOf([...Object.keys(DELIMITERS), 'json'], file['delimiter'], `${name}: [file] delimiter`) as Delimiter,
    ...(file['export'] !== undefined && { export: file['export'] }),
    columns,
    formats,
    settings,
    values: Object.fromEntries(Object.entries(rest).map(([section, meanings]) => [section.slice(VALUES.length), meanings])),
  };
}

function oneOf(allowed: readonly string[], value: string | undefined, what: string): string {
  if (value === undefined || !allowed.includes(value)) throw new ImportError(`${what} is one of ${allowed.join(', ')}.`);
  return value;
}
