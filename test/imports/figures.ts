/**
 * What a file of the export says, worked out without anything of the product: an own reader of semicolons and
 * quotation marks, and plain loops. It knows this one layout by the names of its columns.
 */

export interface Figures {
  readonly employed: number;
  readonly departed: number;
  /** Department → people employed now. */
  readonly headcount: Readonly<Record<string, number>>;
  /** Employee number of a manager → employee numbers of direct reports that are employed now. */
  readonly reports: Readonly<Record<string, readonly string[]>>;
  /** Employee numbers and pay of people employed now, highest first. */
  readonly pay: readonly { number: string; salary: number }[];
  readonly withoutPay: number;
}

function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const one = text.charAt(at);
    if (quoted) {
      if (one !== '"') cell += one;
      else if (text.charAt(at + 1) === '"') {
        cell += one;
        at += 1;
      } else quoted = false;
    } else if (one === '"') quoted = true;
    else if (one === ';' || one === '\n') {
      row.push(cell.trim());
      cell = '';
      if (one === '\n') {
        rows.push(row);
        row = [];
      }
    } else cell += one;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.trim()]);
  return rows;
}

const letters = (name: string): string => name.toLowerCase().replace(/[^\p{L}]/gu, '');

/** @param bytes UTF-8 with byte order mark, semicolons, days as y/m/d; the given name stands under Last_Name */
export function figuresOf(bytes: Buffer, today = new Date().toISOString().slice(0, 10)): Figures {
  const [header, ...rows] = cellsOf(bytes.toString('utf8').slice(1)) as [string[], ...string[][]];
  const people = rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])) as Record<string, string>);
  const numberOf = new Map<string, string[]>();
  for (const one of people) {
    const name = letters(`${one['Last_Name']}${one['First_Name']}`);
    numberOf.set(name, [...(numberOf.get(name) ?? []), one['EmpID'] as string]);
  }
  const headcount: Record<string, number> = {};
  const reports: Record<string, string[]> = {};
  const pay: { number: string; salary: number }[] = [];
  let [departed, withoutPay] = [0, 0];
  for (const one of people) {
    const end = one['DateofTermination'] as string;
    if (end !== '' && end.replaceAll('/', '-') < today) {
      departed += 1;
      continue;
    }
    const number = one['EmpID'] as string;
    const department = one['Department'] as string;
    headcount[department] = (headcount[department] ?? 0) + 1;
    const manager = numberOf.get(letters(one['ManagerName'] as string)) ?? [];
    if (manager.length === 1) (reports[manager[0] as string] ??= []).push(number);
    if (one['Salary'] === '') withoutPay += 1;
    else pay.push({ number, salary: Number((one['Salary'] as string).replaceAll(',', '')) });
  }
  for (const list of Object.values(reports)) list.sort();
  pay.sort((a, b) => b.salary - a.salary);
  return { employed: people.length - departed, departed, headcount, reports, pay, withoutPay };
}
