import type { Granularity, PresetName, Span } from './calendar';

export const OPERATORS = ['eq', 'ne', 'in', 'not_in', 'gt', 'gte', 'lt', 'lte', 'contains', 'is_null', 'under'] as const;
export type Operator = (typeof OPERATORS)[number];

/** The part of the answer that says when. */
export const PERIOD = 'period';

export interface Filter {
  /** A dimension, or a metric of the query. */
  readonly field: string;
  readonly op: Operator;
  readonly value?: string;
  readonly values?: readonly string[];
}

/** What is asked, as it came: each word one of a closed list, but not yet whether they fit each other. */
export interface AnalyticsQuery {
  readonly metrics: readonly string[];
  readonly dimensions?: readonly string[];
  readonly filters?: readonly Filter[];
  readonly period?: Span;
  readonly preset?: PresetName;
  /** The day that presets go by; default today. */
  readonly asOf?: string;
  readonly granularity?: Granularity;
  readonly planId?: string;
  readonly compareTo?: string;
  readonly orderBy?: { readonly field: string; readonly direction: 'asc' | 'desc' };
  readonly limit: number;
  readonly cursor?: string;
}

export interface Column {
  key: string;
  type: 'id' | 'text' | 'date' | 'number' | 'decimal';
  unit?: string;
  currency?: string;
}

/** `null` stands for no such group in a dimension, and for no value in a metric. */
export type Cell = string | number | null;

export interface Warning {
  code: string;
  currency?: string;
  count: number;
  message: string;
}

export interface AnalyticsAnswer {
  columns: Column[];
  rows: Cell[][];
  /** A row of the whole: all groups and the whole period, from unrounded values. */
  totals: Cell[];
  meta: {
    period: Span & { granularity: Granularity };
    /** `what` is how the columns of the other values end. */
    comparedWith?: Partial<Span> & { what: 'before' | 'live' | 'scenario' | 'budget'; planId?: string; planRev?: number };
    currency?: string;
    /** The scenario that was read instead of live data, and how often it had been changed by then. */
    planId?: string;
    planRev?: number;
    asOf: string;
    liveRev: number;
    suppressed: number;
    hasMore: boolean;
    nextCursor?: string;
    /** Last day of the actual figures that there are. */
    freshness?: { effort?: string; aiUsage?: string };
    warnings: Warning[];
  };
}
