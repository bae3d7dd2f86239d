import type { EntityManager } from 'typeorm';
import type { Entity, Field, ImportRun, SourceRow, Values } from '../entity';
import type { Mapping } from '../mapping/mapping';
import type { NamedKind } from '../references/named-kinds';

/** A field whose value goes into a column of the record's table. */
export interface RecordField extends Field {
  /** Its column, or one per kind of thing that it names. Without, the entity looks at it itself. */
  readonly column?: string | Readonly<Partial<Record<NamedKind, string>>>;
  /** A name that is not there yet makes a new one: job roles, cost centres and other lists of codes. */
  readonly creates?: true;
  /** A group of things may be named, too, and makes a record of each: a country for all places there. */
  readonly spreads?: true;
  /** What is written, where that is not what stands in the cell. */
  readonly value?: (text: string | undefined, mapping: Mapping, values: Values) => string | undefined;
  /** Whether something is written though the file has no column for it; otherwise such a field is left alone. */
  readonly written?: (mapped: ReadonlySet<string>) => boolean;
  /** Of the kinds that it can name, those that a row leaves. */
  readonly among?: (values: Values) => readonly NamedKind[] | undefined;
}

/** How a row finds its record again. */
export type Identity =
  | {
      readonly kind: NamedKind;
      /** Field of its number, which becomes the external id; rows without are found by the name. */
      readonly number: string;
      readonly name: string;
      /** Whether one that is there without a number, under the same name, is the one that is meant. */
      readonly adopts: boolean;
    }
  | {
      /** Columns that together are its own; where one of several is filled, these come first. */
      readonly oneOf?: readonly string[];
      readonly same: readonly string[];
      readonly sameOrNone?: readonly string[];
    };

/** Things of which a row of the file is a row of one table. Declared once; looking up, comparing and writing follow from it. */
export interface RecordEntity extends Omit<Entity, 'apply' | 'key' | 'inspector'> {
  readonly table: string;
  /** Prefix of its ids; a table without has its identity for a key. */
  readonly prefix?: string;
  readonly fields: readonly RecordField[];
  readonly identity: Identity;
  /** Facts do not raise live_rev, as all other live writes do. */
  readonly facts?: true;
  /** The field that names what a record is below, of its own kind. */
  readonly below?: string;
  /** What a batch needs besides, in its transaction. @returns ids of the records that it changed */
  readonly follow?: (db: EntityManager, run: ImportRun, part: readonly Draft[]) => Promise<readonly string[]>;
}

/** A row on its way into the table. */
export interface Draft {
  readonly line: number;
  readonly row: SourceRow;
  /** Column → value; the same columns in all drafts of a run. */
  readonly columns: Readonly<Record<string, string | null>>;
}
