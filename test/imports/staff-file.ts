import { csv } from './hr-export';

/** What a line of the file says, by a short name of its column. */
export type Line = Partial<
  Record<
    | 'number'
    | 'first'
    | 'last'
    | 'start'
    | 'end'
    | 'status'
    | 'job'
    | 'department'
    | 'office'
    | 'salary'
    | 'manager'
    | 'email'
    | 'fte'
    | 'skills',
    string
  >
>;

const HEADERS = {
  ...{
    number: 'Employee number',
    first: 'First name',
    last: 'Last name',
    start: 'Start date',
    end: 'End date',
    status: 'Status',
    job: 'Job title',
  },
  ...{
    department: 'Department',
    office: 'Office',
    salary: 'Annual salary',
    manager: 'Manager',
    email: 'E-mail',
    fte: 'FTE',
    skills: 'Skills',
  },
};

/** Semicolons, dates as YYYY-MM-DD; columns that no line uses are left out. */
export function staffFile(lines: readonly Line[]): string {
  const columns = (Object.keys(HEADERS) as (keyof Line)[]).filter((column) => lines.some((line) => column in line));
  return csv([columns.map((column) => HEADERS[column]), ...lines.map((line) => columns.map((column) => line[column] ?? ''))], {
    delimiter: ';',
    lineEnd: '\n',
  });
}

export const ANNA: Line = {
  number: '1',
  first: 'Anna',
  last: 'Muster',
  start: '2019-10-23',
  end: '',
  job: 'Engineer',
  department: 'Platform',
  office: 'Berlin',
  salary: '70000.50',
  manager: '',
  email: 'anna@example.test',
};
export const BEN: Line = {
  ...ANNA,
  number: '2',
  first: 'Ben',
  last: 'Beispiel',
  start: '2021-03-15',
  salary: '60000',
  manager: 'Muster, Anna',
  email: 'ben@example.test',
};
export const CARL: Line = {
  ...ANNA,
  number: '3',
  first: 'Carl',
  last: 'Probe',
  start: '2022-12-31',
  salary: '50000',
  manager: 'Ben Beispiel',
  email: 'carl@example.test',
};

/** The report without its figures, and the figures by name. */
export function told(out: string): { lines: string[]; figures: Record<string, number> } {
  const lines = out.trimEnd().split('\n');
  const figure = /^ {2}([a-z ]+?) +(\d+)$/;
  return {
    lines: lines.filter((line) => !figure.test(line)),
    figures: Object.fromEntries(
      lines.flatMap((line) => (figure.exec(line) ? [[figure.exec(line)![1]!, Number(figure.exec(line)![2])]] : [])),
    ),
  };
}
