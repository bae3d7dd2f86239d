import type { Ledger } from './ledger';
import type { Stage } from './stage';
import type { TenantMarks } from './tenant-marks';

/** Milliseconds after which whoever only hears "try again", or nothing, counts as locked out. */
export const PATIENCE = 180_000;

/** Where a client is, and whom its bytes must never speak of. */
export interface World {
  readonly stage: Stage;
  readonly ledger: Ledger;
  readonly marks: Map<string, TenantMarks>;
}
