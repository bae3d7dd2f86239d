import type { DateFormat } from '../../src/imports/file/dates';
import type { Encoding } from '../../src/imports/file/encoding';
import type { NumberFormat } from '../../src/imports/file/numbers';

/** How a system writes its file. */
export interface Style {
  readonly encoding: Encoding;
  readonly mark: boolean;
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly date: DateFormat;
  readonly number: NumberFormat;
}

/** As the export of a well-known system is: byte order mark, semicolons, CRLF, y/m/d. */
const USUAL: Style = { encoding: 'utf-8', mark: true, delimiter: ';', lineEnd: '\r\n', date: 'yyyy/mm/dd', number: '1,234.56' };

const MARKS: Record<Encoding, number[]> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
  'windows-1252': [],
};

/** The bytes of a text in an encoding. */
export function encode(text: string, { encoding, mark }: Pick<Style, 'encoding' | 'mark'>): Buffer {
  const bytes = {
    'utf-8': () => Buffer.from(text, 'utf8'),
    'utf-16le': () => Buffer.from(text, 'utf16le'),
    'utf-16be': () => Buffer.from(text, 'utf16le').swap16(),
    'windows-1252': () => Buffer.from([...text].map((one) => ({ '€': 0x80, '’': 0x92, Š: 0x8a, ž: 0x9e })[one] ?? one.charCodeAt(0))),
  }[encoding]();
  return mark ? Buffer.concat([Buffer.from(MARKS[encoding]), bytes]) : bytes;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

export function dateText(day: string, format: DateFormat): string {
  const [y, m, d] = day.split('-') as [string, string, string];
  return format
    .replace('yyyy', y)
    .replace('mm', m)
    .replace('dd', d)
    .replace('mon', MONTHS[Number(m) - 1] as string);
}

/** A plain decimal ("1234.5") as the format writes it. */
export function numberText(plain: string, format: NumberFormat): string {
  const [whole, fraction] = plain.split('.') as [string, string?];
  const [, group, decimal] = /^1(.)234(.)56$/.exec(format) as unknown as [string, string, string];
  return whole.replace(/\B(?=(\d{3})+$)/g, group) + (fraction === undefined ? '' : `${decimal}${fraction}`);
}

/** Lines of cells, each in quotation marks where the delimiter makes that necessary. */
export function csv(rows: readonly (readonly string[])[], { delimiter, lineEnd }: Pick<Style, 'delimiter' | 'lineEnd'>): string {
  const cell = (text: string): string => (/["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join(delimiter) + lineEnd).join('');
}

interface ExportedPerson {
  readonly number: string;
  readonly first: string;
  readonly last: string;
  readonly start: string;
  readonly end?: string;
  readonly salary?: string;
  readonly position: string;
  readonly department: string;
  readonly state: string;
  readonly manager?: string;
}

const DEPARTMENTS = ['Production', 'Sales', 'Software Engineering', 'IT/IS', 'Admin Offices'];
const POSITIONS = ['Technician I', 'Technician II', 'Sales Manager', 'Data Analyst', 'Sr. DBA', 'Accountant I', 'Director of Operations'];
const STATES = ['MA', 'TX', 'CT', 'VT', 'NH', 'OH'];
const [ONSETS, MIDDLES, ENDS] = [
  ['Ba', 'Ce', 'Do', 'Fi', 'Gu', 'Ha', 'Je', 'Ki', 'Lo', 'Mu', 'Na', 'Pe', 'Ri', 'So', 'Tu', 'Va', 'We', 'Yo', 'Ze', 'Bri'],
  ['ra', 'le', 'mi', 'no', 'su', 'ta', 'vé', 'ki', 'lo', 'dü', 'ne', 'ri'],
  ['n', 'r', 'l', 's', 'th', 'k', 'nd', 'x', 'm', 'sson'],
] as const;

/** The same invented people for the same number, with a tree of managers below the first of them; a tenth of the others have left. */
function people(count: number): ExportedPerson[] {
  const pick = <T>(list: readonly T[], index: number): T => list[Math.abs(index) % list.length] as T;
  const day = (index: number): string => new Date(Date.UTC(2006, 0, 9) + (index % 4_500) * 86_400_000).toISOString().slice(0, 10);
  const name = (index: number): { first: string; last: string } => {
    const [a, b] = [Math.floor(index / 7), index * 31];
    const initial = index % 9 === 3 ? `  ${String.fromCharCode(65 + (index % 26))}` : '';
    const last = `${pick(ONSETS, index)}${pick(MIDDLES, Math.floor(index / 20))}${pick(ENDS, Math.floor(index / 240))}`;
    const tail = index < 2_400 ? '' : pick(MIDDLES, Math.floor(index / 2_400)) + pick(ENDS, Math.floor(index / 28_800));
    return { first: `${pick(ONSETS, a)}${pick(MIDDLES, b)}${initial}`, last: last + tail };
  };
  return Array.from({ length: count }, (_, index) => {
    const above = name(Math.floor((index - 1) / 12));
    // Managers are written with the dot that their own initial lacks, and some of them are nobody of the file.
    const manager = index % 29 === 11 ? 'Nobody Known' : `${above.first.replace(/ {2}(\w)$/, ' $1.')} ${above.last}`;
    const left = index > count / 12 && index % 10 === 4;
    const salary = `${45_000 + ((index * 7_919) % 200_000)}${index % 3 === 0 ? '.5' : ''}`;
    return {
      number: String(10_000 + index),
      ...name(index),
      start: day(index * 37),
      ...(left && { end: day(index * 37 + 400 < 4_500 ? index * 37 + 400 : 4_499) }),
      ...(index !== 17 && { salary }),
      ...{
        position: pick(POSITIONS, index * 3),
        department: pick(DEPARTMENTS, index * index),
        state: pick(STATES, index % 5 === 0 ? index : 0),
      },
      ...(index > 0 && { manager }),
    };
  }).map((one) => (one.end !== undefined && one.end < one.start ? { ...one, end: one.start } : one));
}

const HEADER =
  'First_Name;Last_Name;EmpID;GenderID;EmpStatusID;DeptID;Salary;Termd;PositionID;Position;State;Zip;DOB;Sex;DateofHire;DateofTermination;TermReason;EmploymentStatus;Department;ManagerName;ManagerID;Absences'.split(
    ';',
  );

function line(one: ExportedPerson, index: number, { date, number }: Style): string[] {
  const gone = one.end !== undefined;
  return [
    // Under each other's header, and padded.
    ...[
      `${one.last}${index % 2 ? '' : ' '}`,
      ` ${one.first}${index % 3 ? '' : '   '}`,
      one.number,
      String(index % 2),
      gone ? '5' : '1',
      '3',
    ],
    ...[one.salary === undefined ? '' : numberText(one.salary, number), gone ? '1' : '0', '19', `${one.position}${index % 31 ? '' : ' '}`],
    ...[one.state, '2148', dateText('1975-05-05', date), index % 2 ? 'F' : 'M ', dateText(one.start, date)],
    ...[
      one.end ? dateText(one.end, date) : '',
      gone ? 'no-call, no-show' : 'N/A-StillEmployed',
      gone ? 'Voluntarily Terminated' : 'Active',
    ],
    // Managers have numbers of another list.
    ...[
      one.department === 'Production' ? 'Production       ' : one.department,
      one.manager ?? 'Board of Directors',
      String(index % 23),
      '1',
    ],
  ];
}

/** A file with the quirks of a real export: crossed name columns, padding, managers by name, in no order. */
export function hrExport(count: number, style: Style = USUAL): Buffer {
  const rows = people(count).map((one, index) => line(one, index, style));
  rows.sort((a, b) => (`${a[0]}${a[1]}` < `${b[0]}${b[1]}` ? -1 : 1));
  return encode(csv([HEADER, ...rows], style), style);
}
