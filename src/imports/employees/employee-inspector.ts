import type { Inspector } from '../entity';
import { managerKey, nameKey, nameOf } from '../references/names';

type Columns = Record<string, string>;
const READ_BY_NUMBER = 'manager number';
const READ_BY_NAME = 'manager name';

/**
 * How managers are found, and whether first and last names stand under each other's header: the rows tell, because most
 * managers are people of the file themselves.
 */
export class EmployeeInspector implements Inspector {
  private readonly numbers = new Set<string>();
  private names = new Set<string>();
  private readonly crossed = new Set<string>();
  private readonly managerNumbers = new Map<string, number>();
  private readonly managerNames = new Map<string, number>();

  see(values: Readonly<Record<string, string>>): void {
    const { first, last } = nameOf(values);
    this.numbers.add(values['employee number'] ?? '');
    this.names.add(nameKey(first, last));
    this.crossed.add(nameKey(last, first));
    count(this.managerNumbers, values[READ_BY_NUMBER]);
    count(this.managerNames, values[READ_BY_NAME] === undefined ? undefined : managerKey(values[READ_BY_NAME]));
  }

  conclude(columns: Columns): Record<string, string> {
    const { 'full name': full, ...others } = columns;
    // "Vorname; Name": beside a first name, what is called a name is the last name.
    if (full !== undefined && 'first name' in others && !('last name' in others)) columns['last name'] = full;
    if ('first name' in columns && 'last name' in columns) delete columns['full name'];
    return { ...this.nameOrder(columns), ...this.managers(columns) };
  }

  private nameOrder(columns: Columns): Record<string, string> {
    const { 'first name': first, 'last name': last } = columns;
    if (first === undefined || last === undefined || !(READ_BY_NAME in columns)) return {};
    const [headed, crossed] = [share(this.managerNames, this.names), share(this.managerNames, this.crossed)];
    if (crossed.people <= headed.people) return {};
    columns['first name'] = last;
    columns['last name'] = first;
    this.names = this.crossed;
    return {
      'first name': `The headers seem to be swapped: as "First Last", ${crossed.text} are people of the file with the columns crossed, ${headed.text} as they are headed.`,
    };
  }

  private managers(columns: Columns): Record<string, string> {
    const both = READ_BY_NUMBER in columns && READ_BY_NAME in columns;
    const [byNumber, byName] = [share(this.managerNumbers, this.numbers), share(this.managerNames, this.names)];
    const use = byName.people > byNumber.people ? READ_BY_NAME : READ_BY_NUMBER;
    if (!both) {
      const only = [READ_BY_NUMBER, READ_BY_NAME].find((name) => name in columns);
      return only === undefined ? {} : { [only]: `${(only === READ_BY_NUMBER ? byNumber : byName).text} are people of the file.` };
    }
    const other = use === READ_BY_NAME ? READ_BY_NUMBER : READ_BY_NAME;
    const [used, unused] = use === READ_BY_NAME ? [byName, byNumber] : [byNumber, byName];
    const text = `By this column ${used.text} are people of the file; by "${columns[other]}", which is left out, ${unused.text}.`;
    delete columns[other];
    return { [use]: text };
  }
}

function count(counts: Map<string, number>, key: string | undefined): void {
  if (key !== undefined && key !== '') counts.set(key, (counts.get(key) ?? 0) + 1);
}

function share(managers: ReadonlyMap<string, number>, people: ReadonlySet<string>): { people: number; text: string } {
  const known = [...managers.keys()].filter((key) => people.has(key)).length;
  return { people: known, text: `${known} of ${managers.size} managers` };
}
