import type { EntityManager } from 'typeorm';
import type { Organization } from '../tenants';
import type { KnownExport } from './exports/known-export';
import type { Mapping } from './mapping/mapping';
import type { NamedKind } from './references/named-kinds';

/** How a cell is understood. Texts are trimmed; dates become YYYY-MM-DD, numbers plain decimals, choices one of the field's words. */
export type Kind = 'text' | 'date' | 'number' | 'choice';

/** One thing that a row can say of its subject. */
export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly about: string;
  /** Headers under which exports have it, the likeliest first; compared without case, spaces and punctuation. */
  readonly headers: readonly string[];
  readonly required?: boolean;
  /** Longest text; default 200. */
  readonly max?: number;
  /** What the text names: looked up by id, external id, e-mail address or name. */
  readonly names?: readonly NamedKind[];
  /** What is wrong with a value, in a few words. */
  readonly fault?: (value: string) => string | undefined;
  /** Words of a choice, each with beginnings of what files write for it. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
}

/** What the file does not say of itself, once for all rows. */
export interface Setting {
  readonly name: string;
  readonly about: string;
  /** Whether it is needed, given the columns that are read. */
  readonly needed: (mapped: ReadonlySet<string>) => boolean;
  /** What is proposed; undefined asks the operator. */
  readonly propose: (facts: Facts) => string | undefined;
  /** Whether the operator may leave it empty. */
  readonly optional?: boolean;
  readonly valid: (value: string) => boolean;
}

/** What proposals may rest on. */
export interface Facts {
  readonly organization: OrganizationFacts;
  /** The header that each mapped field is read from. */
  readonly columns: Readonly<Record<string, string>>;
}

export interface OrganizationFacts {
  readonly currency: string;
  readonly timeZone: string;
  readonly hoursPerDay: string;
  readonly today: string;
}

/** What a row says, by field; a field whose cell is blank is absent. */
export type Values = Readonly<Record<string, string>>;

/** A row as far as it could be read. */
export interface SourceRow {
  readonly line: number;
  readonly values: Values;
}

/** Looks at all rows before columns are proposed for good, and may change the proposal. */
export interface Inspector {
  see(values: Values): void;
  /** Sentences for the operator, by the field that they are about. */
  conclude(columns: Record<string, string>): Record<string, string>;
}

/** One kind of things that can be imported: declared once; mapping, formats, reports and help follow from it. */
export interface Entity {
  readonly name: string;
  /** One, in sentences. */
  readonly noun: string;
  readonly fields: readonly Field[];
  readonly settings: readonly Setting[];
  /** A file of it, as the documentation shows it and a test imports it: separated by semicolons. */
  readonly example: string;
  /** Exports of known systems that it can be read from. */
  readonly exports?: readonly KnownExport[];
  /** The field by which a row finds its subject again, where it is one that no two rows may share. */
  readonly key?: string;
  /** What is wrong with a set of columns that each alone would do, in a sentence. */
  readonly incomplete?: (mapped: ReadonlySet<string>) => string | undefined;
  readonly inspector?: () => Inspector;
  /** What is replaced as a whole by what the rows say together ("weeks"): a row of which nobody can tell where it belongs keeps all of them out. */
  readonly replaces?: string;
  /** What is wrong with a row whose cells are each readable, in a few words. */
  readonly wrong?: (values: Values, mapping: Mapping) => string | undefined;
  /** What a row is said to break where the database refuses it, by the name of its rule. */
  readonly rules?: Readonly<Record<string, string>>;
  readonly apply: (run: ImportRun) => Promise<Tally>;
}

/** What happened to the rows. */
export interface Tally {
  created: number;
  changed: number;
  unchanged: number;
  /** Other rows that came into being ("teams": 6). */
  readonly added: Record<string, number>;
  /** Sentences about the whole. */
  readonly remarks: string[];
}

/** All that the apply step of an entity needs. */
export interface ImportRun {
  readonly entity: Pick<Entity, 'noun' | 'rules'>;
  readonly organization: Organization;
  readonly facts: OrganizationFacts;
  readonly mapping: Mapping;
  readonly rows: readonly SourceRow[];
  readonly refuse: (line: number, reason: string) => void;
  readonly warn: (line: number, reason: string) => void;
  readonly progress: (done: number) => void;
  /** A transaction in the organization's scope, or, in an all-or-nothing run, a part of the one that there is. Undone where it changed nothing. */
  readonly write: <T>(work: (db: EntityManager) => Promise<{ result: T; changed: boolean }>) => Promise<T>;
  readonly read: <T>(work: (db: EntityManager) => Promise<T>) => Promise<T>;
}
