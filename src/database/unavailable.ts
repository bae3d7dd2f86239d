/** Connection lost or refused; server starting, stopping, full or too slow: PostgreSQL classes 08, 53, 57 and the socket's own codes. */
const CODES = /^(?:08\w{3}|53\w{3}|57P0[1-5]|57014|25006|55P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT)$/;
/** TypeORM lets go of a connection that was lost between two statements, and then says that it has; too many calls at once (turns.ts). */
const NAMES = /^(?:QueryRunner(?:Provider)?AlreadyReleasedError|NoTurnError)$/;
const MESSAGES = /Connection terminated|timeout exceeded when trying to connect|is not queryable|embedded database has one session/;

/** Whether an error means that the database cannot be reached just now, or not by so many at once, so that trying again is the right answer. */
export function isUnavailable(error: unknown): boolean {
  const candidate = error as { code?: unknown; name?: unknown; message?: unknown; driverError?: unknown } | undefined | null;
  if (typeof candidate !== 'object' || candidate === null) return false;
  if (typeof candidate.code === 'string' && CODES.test(candidate.code)) return true;
  if (typeof candidate.name === 'string' && NAMES.test(candidate.name)) return true;
  if (typeof candidate.message === 'string' && MESSAGES.test(candidate.message)) return true;
  return candidate.driverError !== undefined && candidate.driverError !== error && isUnavailable(candidate.driverError);
}

/** Whether PostgreSQL gave up waiting for another transaction, or ended two that waited for each other; nothing was done. */
export function isBusy(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: unknown };
  return code === '55P03' || code === '40P01' || (driverError !== undefined && driverError !== error && isBusy(driverError));
}
