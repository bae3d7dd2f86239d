import type { Permission } from '../permissions';
import type { PresetName } from './calendar';
import type { DimensionName } from './dimensions';

/** What a figure counts; decides how it is rounded and shown. Fractions are not percentages: 0.25 is a quarter. */
export type Unit = 'people' | 'fte' | 'positions' | 'money' | 'fraction' | 'tokens' | 'people per manager' | 'levels';

/** A filter in SQL, of whatever a source has for its dimension. */
export interface Condition {
  readonly field: DimensionName;
  readonly holds: (column: string) => string;
  /** Whether it holds of rows only that have a value. */
  readonly ofValues: boolean;
}

/** What a question wants of one source. */
export interface Wish {
  readonly dimensions: readonly DimensionName[];
  readonly conditions: readonly Condition[];
  readonly measures: readonly string[];
  /** SQL of the first and the last day that count: of `bucket`, and of the last week that begins in it. */
  readonly window: { readonly from: string; readonly to: string };
}

/**
 * Where measures come from: CTEs, the last of which is `of_{name}` with a row per bucket and group: series, n, d0, d1 … (the
 * wish's dimensions, null in bucket 0) and the measures, numeric. They may read `bucket` (time-axis.ts), $1 is the
 * organization, and table names have no schema.
 */
export interface Source {
  readonly dimensions: readonly DimensionName[];
  /** By names that no other source uses. */
  readonly measures: readonly string[];
  readonly ctes: (name: string, wish: Wish) => string[];
  /** CTEs that end in `left_out_of_{name}` (code, currency, count): what the figures lack. They stand after the others. */
  readonly leftOut?: (name: string, wish: Wish) => string[];
  /** Of the dimensions that a question splits and filters by, those that do not go together. */
  readonly apart?: (dimensions: readonly DimensionName[]) => readonly DimensionName[];
  /** A group without rows has no value, instead of 0. */
  readonly orNone?: true;
  /** How new its data is: an SQL expression for a day, by the name that the answer gives it. */
  readonly newest?: readonly [name: string, sql: string];
}

export interface Metric {
  readonly name: string;
  readonly unit: Unit;
  /** One sentence, for a reader without context. */
  readonly definition: string;
  /** Needed besides analytics.read. */
  readonly permissions: readonly Permission[];
  /** Needed as well to split or filter it by employee. */
  readonly personal?: Permission;
  /** Of any sources; what it can be split by is what all of those can. */
  readonly measures: readonly string[];
  /**
   * SQL over its measures' names and `days` and `weeks` of the bucket; default: its only measure. A measure without rows is 0
   * in it, or null where its source says so.
   */
  readonly value?: string;
  /** A measure that groups may lack: the total is then over the measures of those only that have it. */
  readonly totalOf?: string;
  /** Whether the groups of a split add up to the total (over periods only where it is no state of a day and no average). */
  readonly additive: boolean;
  /** What its sources could split by but it cannot. */
  readonly except?: readonly DimensionName[];
  /** The period where a question names none; of several metrics the widest. */
  readonly usual: PresetName;
  /** Is what budgets are for. */
  readonly budgeted?: true;
  /** Actual figures do not exist in a scenario. */
  readonly liveOnly?: true;
  /** Holds people's pay, all of a group's cost or a part of it: under the rules of pay-rules.ts for who may not see that. */
  readonly pay?: 'whole' | 'part';
}
