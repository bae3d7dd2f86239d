import type { EntityManager } from 'typeorm';
import { managerKey, nameKey } from './names';
import { NAMED, type NamedKind, nouns } from './named-kinds';

/** One thing that can be named. */
export interface Entry {
  readonly id: string;
  /** Its external id. */
  readonly number: string | null;
  readonly email?: string | null;
  readonly names: readonly string[];
  /** Of two with one e-mail address, the later one is meant. */
  readonly since?: string | null;
  /** What it can be named by together with others. */
  readonly group?: string | null;
}

export interface Named {
  readonly kind: NamedKind;
  readonly id: string;
}

/** How a text can name a thing; whichever comes first decides. */
export type Way = 'id' | 'number' | 'email' | 'name';
const WAYS: readonly Way[] = ['id', 'number', 'email', 'name'];
const SEVERAL = '';
const PAGE = 5_000;

/** All that files can name in an organization, of the kinds that were asked for. */
export class Directory {
  private readonly entries = new Map<NamedKind, Map<string, Entry>>();
  private readonly indexes = new Map<NamedKind, Record<Way, ReadonlyMap<string, string>>>();

  /** @param read opens the transaction of each page */
  static async load(
    orgId: string,
    kinds: Iterable<NamedKind>,
    read: (work: (db: EntityManager) => Promise<Entry[]>) => Promise<Entry[]>,
  ): Promise<Directory> {
    const directory = new Directory();
    for (const kind of new Set(kinds)) {
      const entries = new Map<string, Entry>();
      directory.entries.set(kind, entries);
      for (let after = ''; ;) {
        const from = after;
        const page = await read((db) => db.query<Entry[]>(select(kind), [orgId, from, PAGE]));
        for (const entry of page) entries.set(entry.id, entry);
        if (page.length < PAGE) break;
        after = page.at(-1)?.id as string;
      }
    }
    return directory;
  }

  /** A thing that is about to be there, or to be called so. */
  put(kind: NamedKind, entry: Entry): void {
    this.entries.get(kind)?.set(entry.id, entry);
    this.indexes.delete(kind);
  }

  entry({ kind, id }: Named): Entry | undefined {
    return this.entries.get(kind)?.get(id);
  }

  all(kind: NamedKind): readonly Entry[] {
    return [...(this.entries.get(kind)?.values() ?? [])];
  }

  /** What the text names; 'several' where that is not one thing. */
  find(kinds: readonly NamedKind[], text: string, ways = WAYS): Named | 'none' | 'several' {
    for (const way of ways) {
      const found = kinds.flatMap((kind) => {
        const id = this.index(kind)[way].get(key(kind, way, text));
        return id === undefined ? [] : [{ kind, id }];
      });
      const [one] = found;
      if (one !== undefined) return found.length === 1 && one.id !== SEVERAL ? one : 'several';
    }
    return 'none';
  }

  private index(kind: NamedKind): Record<Way, ReadonlyMap<string, string>> {
    const known = this.indexes.get(kind);
    if (known) return known;
    const made = indexOf(kind, this.all(kind));
    this.indexes.set(kind, made);
    return made;
  }
}

function select(kind: NamedKind): string {
  const { table, names, email, since, group } = { email: 'null', since: 'null', group: 'null', ...NAMED[kind] };
  return `select id, external_id as number, ${email} as email, array[${names}] as names, ${since} as since, ${group} as "group"
    from ${table} where org_id = $1 and id > $2 order by id limit $3`;
}

function key(kind: NamedKind, way: Way, text: string): string {
  if (way === 'id' || way === 'number') return text;
  if (way === 'email') return text.includes('@') ? text.toLowerCase() : '';
  return kind === 'employee' ? managerKey(text) : foldedName(kind, text);
}

/** What two names have in common that are taken for one. */
export function foldedName(kind: NamedKind, text: string): string {
  return 'codes' in NAMED[kind] ? text.toLowerCase() : nameKey(text) || text.toLowerCase();
}

function indexOf(kind: NamedKind, entries: readonly Entry[]): Record<Way, ReadonlyMap<string, string>> {
  const made = {
    id: new Map<string, string>(),
    number: new Map<string, string>(),
    email: new Map<string, string>(),
    name: new Map<string, string>(),
  };
  for (const entry of [...entries].sort((a, b) => ((a.since ?? '') < (b.since ?? '') ? -1 : 1))) {
    made.id.set(entry.id, entry.id);
    if (entry.number !== null) made.number.set(entry.number, entry.id);
    if (entry.email) made.email.set(entry.email.toLowerCase(), entry.id);
    for (const folded of new Set(entry.names.map((text) => foldedName(kind, text)))) {
      made.name.set(folded, made.name.has(folded) ? SEVERAL : entry.id);
    }
  }
  return made;
}

/** Why a text names nothing, in a few words. */
export function unnamed(found: 'none' | 'several', kinds: readonly NamedKind[]): string {
  return found === 'none'
    ? `names no ${nouns(kinds)} of the organization`
    : `is AMBIGUOUS: more than one ${nouns(kinds)} is called so; say which by its id, here or in the mapping`;
}
