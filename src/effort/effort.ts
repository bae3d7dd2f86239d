import type { AskedPeriod } from '../workforce';

/** What questions about effort have in common. */
export interface EffortSearch extends AskedPeriod {
  readonly limit: number;
  readonly cursor?: string;
}

/** What answers about effort have in common. FTE are the mean of the weeks that are counted. */
export interface AboutEffort {
  /** Days as YYYY-MM-DD, both included. */
  period: { from: string; to: string };
  /** Finished weeks whose Monday is in the period. */
  weeks: number;
  /** Person-weeks; the rate is absent where none were expected. */
  coverage: { expectedWeeks: number; submittedWeeks: number; rate?: number };
}
