import { columnName } from '../entities';
import type { Fields } from '../write';

/** Arguments that become columns as they are: `startDate` → start_date. Those that are not given are left out. */
export function columnsOf<K extends string>(input: Readonly<Partial<Record<K, unknown>>>, names: readonly K[]): Fields {
  return Object.fromEntries(names.map((name) => [columnName(name), input[name]]));
}

/** Columns that the caller wants emptied. */
export function cleared(names: readonly string[] = []): Fields {
  return Object.fromEntries(names.map((name) => [columnName(name), null]));
}
