import { newId } from '../../database';
import type { ImportRun, SourceRow } from '../entity';
import { place } from '../mapping/read-rows';
import { type Directory, foldedName, unnamed } from '../references/directory';
import { NAMED } from '../references/named-kinds';
import type { Identity, RecordEntity } from './record';

/** A row with the record that it is about: one that is there, or one to be made. */
export interface Identified {
  readonly row: SourceRow;
  readonly id: string;
  readonly number: string | null;
}

/** Finds the record of each row, and makes those known that will be new. Rows that do not tell are refused. */
export function identify(entity: RecordEntity, run: ImportRun, directory: Directory): Identified[] {
  const { identity, prefix } = entity;
  if (!('kind' in identity)) return run.rows.map((row) => ({ row, id: prefix === undefined ? '' : newId(prefix), number: null }));
  const lineOf = new Map<string, number>();
  const identified = run.rows.flatMap((row) => {
    const found = byNumberOrName(identity, row, directory, run);
    if ('wrong' in found) {
      run.refuse(row.line, found.wrong);
      return [];
    }
    const first = lineOf.get(found.key);
    if (first === undefined) lineOf.set(found.key, row.line);
    else run.refuse(row.line, `is about the same ${entity.noun} as line ${first}`);
    return first === undefined ? [found] : [];
  });
  for (const one of identified) directory.put(identity.kind, entryOf(identity, one, directory));
  return identified;
}

type ByName = Extract<Identity, { kind: unknown }>;

function byNumberOrName(
  identity: ByName,
  row: SourceRow,
  directory: Directory,
  run: ImportRun,
): (Identified & { readonly key: string }) | { readonly wrong: string } {
  const { kind, adopts } = identity;
  const [number, name] = [row.values[identity.number], row.values[identity.name] as string];
  const known = number === undefined ? directory.find([kind], name, ['name']) : directory.find([kind], number, ['id', 'number']);
  const field = place({ name: number === undefined ? identity.name : identity.number }, run.mapping);
  if (known === 'several') return { wrong: `${field} ${unnamed(known, [kind])}` };
  if (known !== 'none') {
    const present = directory.entry(known)?.number ?? null;
    return { row, id: known.id, key: known.id, number: number === undefined || number === known.id ? present : number };
  }
  if (number !== undefined && isId(kind, number)) return { wrong: `${field} ${unnamed('none', [kind])}` };
  const namesake = number !== undefined && adopts ? directory.find([kind], name, ['name']) : 'none';
  if (typeof namesake === 'object' && directory.entry(namesake)?.number === null)
    return { row, id: namesake.id, key: namesake.id, number: number ?? null };
  const key = number === undefined ? `name ${foldedName(kind, name)}` : `number ${number}`;
  return { row, id: newId(NAMED[kind].prefix), key, number: number ?? null };
}

function isId(kind: ByName['kind'], text: string): boolean {
  return new RegExp(`^${NAMED[kind].prefix}_[a-z2-7]{12}$`).test(text);
}

function entryOf(identity: ByName, { row, id, number }: Identified, directory: Directory) {
  const present = directory.entry({ kind: identity.kind, id });
  const email = row.values['email'] ?? present?.email;
  return { ...present, id, number, ...(email !== undefined && { email }), names: [row.values[identity.name] as string] };
}
