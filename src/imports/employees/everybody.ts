import type { ImportRun, SourceRow } from '../entity';
import type { KnownPerson } from '../../workforce';
import { managerKey, nameKey, nameOf } from '../references/names';
import { Hierarchy } from '../references/hierarchy';

interface Person {
  /** Absent for people whom the file does not have. */
  readonly row?: SourceRow;
  readonly known?: KnownPerson;
}

export interface Manager {
  readonly managerNumber?: string;
  readonly managerId?: string;
}

/** The people of the file and those who are there already, as they will be after the import: who is whose manager, and who has which address. */
export class Everybody {
  private readonly people: Person[];
  private readonly byNumber = new Map<string, number>();
  /** -1 where several people have the name. */
  private readonly byName = new Map<string, number>();

  constructor(
    private readonly run: ImportRun,
    rows: readonly SourceRow[],
    known: readonly KnownPerson[],
  ) {
    const inFile = new Set(rows.map(({ values }) => values['employee number'] as string));
    const live = new Map(known.map((one) => [one.externalId, one]));
    const others = known.filter(({ externalId }) => externalId === null || !inFile.has(externalId));
    this.people = [
      ...rows.map((row): Person => ({ row, known: live.get(row.values['employee number'] as string) })),
      ...others.map((one): Person => ({ known: one })),
    ];
    this.people.forEach((person, index) => {
      const { row, known: there } = person;
      const number = row?.values['employee number'] ?? there?.externalId;
      if (number != null) this.byNumber.set(number, index);
      const { first, last } = row ? nameOf(row.values) : { first: there?.firstName ?? '', last: there?.lastName ?? '' };
      const key = nameKey(first, last);
      this.byName.set(key, this.byName.has(key) ? -1 : index);
    });
  }

  /** People employed on the day whom the file does not have. */
  missing(day: string): number {
    return this.people.filter(
      ({ row, known }) => row === undefined && known !== undefined && known.startDate <= day && (known.endDate ?? '9999') >= day,
    ).length;
  }

  /** The rows with their managers, managers before their reports. Who cannot be found, or would close a circle, is left out with a warning. */
  managed(): { line: number; row: SourceRow; manager: Manager; isKnown: boolean }[] {
    const { columns } = this.run.mapping;
    const field = ['manager number', 'manager name'].find((name) => name in columns);
    const indexOf = new Map(this.people.flatMap(({ known }, index) => (known ? [[known.id, index] as const] : [])));
    const present = ({ known }: Person): number | undefined => (known?.managerId == null ? undefined : indexOf.get(known.managerId));
    const lines = new Hierarchy(this.people.map((person) => (person.row && field !== undefined ? undefined : present(person))));
    if (field !== undefined) this.people.forEach(({ row }, index) => row && this.link(lines, row, index, field));
    const depths = lines.depths();
    const rows = this.people.flatMap(({ row }, index) => (row ? [{ row, index }] : []));
    rows.sort((a, b) => (depths[a.index] as number) - (depths[b.index] as number) || a.index - b.index);
    return rows.map(({ row, index }) => ({
      ...{ line: row.line, row, manager: this.reference(lines.above(index)) },
      isKnown: this.people[index]?.known !== undefined,
    }));
  }

  private link(lines: Hierarchy, { line, values }: SourceRow, person: number, field: string): void {
    const given = values[field];
    if (given === undefined) return;
    const manager = field === 'manager number' ? this.byNumber.get(given) : this.byName.get(managerKey(given));
    const column = `(column ${this.run.mapping.columns[field]})`;
    if (manager === undefined) this.run.warn(line, `the manager ${column} is nobody of the file or the organization: imported without`);
    else if (manager === -1)
      this.run.warn(line, `several people have the manager's name ${column}: imported without; a column with employee numbers would tell`);
    else if (!lines.link(person, manager))
      this.run.warn(line, `with this manager ${column} the person would report to themselves: imported without`);
  }

  private reference(manager: number | undefined): Manager {
    if (manager === undefined) return {};
    const { row, known } = this.people[manager] as Person;
    const number = row?.values['employee number'] ?? known?.externalId;
    return number == null ? { managerId: known?.id } : { managerNumber: number };
  }

  /** The rows without those whose address belongs to somebody else who is employed at the same time. */
  withoutSharedAddresses(): SourceRow[] {
    const holders = new Map<string, Person[]>();
    const refused = new Set<number>();
    // Who is not in the file holds an address first, then the file's rows in their order.
    for (const person of [...this.people].sort((a, b) => (a.row?.line ?? 0) - (b.row?.line ?? 0))) {
      const email = this.addressOf(person);
      if (email === undefined) continue;
      const others = holders.get(email) ?? [];
      const other = others.find((one) => this.overlap(one, person));
      if (other === undefined || person.row === undefined) {
        holders.set(email, [...others, person]);
        continue;
      }
      refused.add(person.row.line);
      const whose = other.row ? `of line ${other.row.line}` : 'of somebody who is there under another employee number';
      this.run.refuse(person.row.line, `email is also the address ${whose}, employed at the same time`);
    }
    return this.people.flatMap(({ row }) => (row && !refused.has(row.line) ? [row] : []));
  }

  private addressOf({ row, known }: Person): string | undefined {
    const fromFile = row !== undefined && 'email' in this.run.mapping.columns;
    return fromFile ? row.values['email']?.toLowerCase() : (known?.email ?? undefined);
  }

  private overlap(a: Person, b: Person): boolean {
    const [one, other] = [this.employment(a), this.employment(b)];
    return one.start <= other.end && other.start <= one.end;
  }

  private employment({ row, known }: Person): { start: string; end: string } {
    const mapped = row !== undefined && 'end date' in this.run.mapping.columns;
    return {
      start: row?.values['start date'] ?? known?.startDate ?? '',
      end: (mapped ? row.values['end date'] : known?.endDate) ?? '9999-12-31',
    };
  }
}
