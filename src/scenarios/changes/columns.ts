import type { Fields } from '../write';

/** Arguments that become columns as they are: `startDate` → start_date. Those that are not given are left out. */
export function columnsOf<K extends string>(input: Readonly<Partial<Record<K, unknown>>>, names: readonly K[]): Fields {
  return Object.fromEntries(names.map((name) => [columnOf(name), input[name]]));
}

/** Columns that the caller wants emptied. */
export function cleared(names: readonly string[] = []): Fields {
  return Object.fromEntries(names.map((name) => [columnOf(name), null]));
}

function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
