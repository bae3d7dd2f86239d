import type { Permission } from '../permissions';
import type { ReferenceKind } from '../workforce';
import type { PresetName } from './calendar';

/** What a figure counts; decides how it is rounded and shown. Fractions are not percentages: 0.25 is a quarter. */
export type Unit = 'people' | 'fte' | 'positions' | 'money' | 'fraction' | 'tokens' | 'people per manager' | 'levels';

/** What figures can be split and filtered by. */
export interface Dimension {
  readonly definition: string;
  /** Needed besides the metric's own. */
  readonly permissions: readonly Permission[];
  /** Kind of the ids that are its values, and the table and column of their names. */
  readonly ids?: { readonly kind: ReferenceKind; readonly table: string; readonly name: string };
  /** Its values, where they are a closed list. */
  readonly values?: readonly string[];
}

/** An SQL text with the joins of its source that it reads from. */
export type Piece = string | { readonly sql: string; readonly joins: readonly string[] };

/**
 * Rows that measures are aggregated from. Its FROM clause joins the row `b` of `bucket` (series, n, first, last): each
 * row belongs to the bucket of `b`. Parameter $1 is the organization. Table names have no schema.
 */
export interface Source {
  readonly from: string;
  /** CTEs that the FROM clause or a join reads, in order. */
  readonly with?: readonly string[];
  /** Added only where something asked for reads from them; in the order in which they stand here. */
  readonly joins?: Readonly<Record<string, Join>>;
  readonly dimensions: Readonly<Record<string, Piece>>;
  /** Aggregates, by names that no other source uses. */
  readonly measures: Readonly<Record<string, Piece>>;
}

export interface Join {
  readonly sql: string;
  readonly needs?: readonly string[];
  readonly with?: readonly string[];
}

export interface Metric {
  readonly name: string;
  readonly unit: Unit;
  /** One sentence, for a reader without context. */
  readonly definition: string;
  /** Needed besides analytics.read. */
  readonly permissions: readonly Permission[];
  /** Of any sources; what it can be split by is what all of those can. */
  readonly measures: readonly string[];
  /** SQL over its measures' names, numeric; default: its only measure. A measure without rows is 0 in it. */
  readonly value?: string;
  /** Whether the groups of a split add up to the total (never over periods where it is a state of a day). */
  readonly additive: boolean;
  /** What its sources could split by but it cannot. */
  readonly except?: readonly string[];
  /** The period where a question names none. */
  readonly usual: PresetName;
}
