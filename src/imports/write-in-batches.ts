import { setTimeout as pause } from 'node:timers/promises';
import { QueryFailedError } from 'typeorm';
import type { ImportRun } from './entity';

/** Rows per transaction: well below a second of work, for that long others wait. */
const BATCH = 200;

/** Milliseconds for others between two batches: the embedded database answers without ever letting the process look at its sockets. */
const BREATH = 5;

interface Line {
  readonly line: number;
}

/** What becomes of the parts. */
interface Outcome<D, R> {
  readonly written: (result: R, part: readonly D[]) => void;
  readonly refused: (row: D) => void;
}

/**
 * Writes rows in their order, a transaction per batch, so that what is in stays in when something fails later on. A batch
 * that the database refuses is halved until the row stands alone that it refuses.
 */
export async function writeInBatches<D extends Line, R>(
  run: ImportRun,
  rows: readonly D[],
  write: (part: readonly D[]) => Promise<R>,
  outcome: Outcome<D, R>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    await writeOrHalve(run, rows.slice(start, start + BATCH), write, outcome);
    run.progress(Math.min(start + BATCH, rows.length));
    await pause(BREATH);
  }
}

async function writeOrHalve<D extends Line, R>(
  run: ImportRun,
  part: readonly D[],
  write: (part: readonly D[]) => Promise<R>,
  outcome: Outcome<D, R>,
): Promise<void> {
  try {
    outcome.written(await write(part), part);
  } catch (error) {
    const rule = brokenRule(error);
    if (rule === undefined) throw error;
    const [first] = part as [D];
    if (part.length === 1) {
      run.refuse(first.line, run.entity.rules?.[rule] ?? `breaks the rule ${rule} of the database`);
      return outcome.refused(first);
    }
    const middle = Math.ceil(part.length / 2);
    await writeOrHalve(run, part.slice(0, middle), write, outcome);
    await writeOrHalve(run, part.slice(middle), write, outcome);
  }
}

/** Thrown in a batch that breaks a rule which the database does not know. */
export class BrokenRule extends Error {
  constructor(readonly rule: string) {
    super(rule);
  }
}

/** The name of the rule that a row breaks (SQLSTATE classes 22 and 23); undefined for every other failure. Its text may quote data, so it is not shown. */
function brokenRule(error: unknown): string | undefined {
  if (error instanceof BrokenRule) return error.rule;
  if (!(error instanceof QueryFailedError)) return undefined;
  const { code, constraint } = error.driverError as { code?: string; constraint?: string };
  return /^2[23]/.test(code ?? '') ? (constraint ?? `${code}`) : undefined;
}
