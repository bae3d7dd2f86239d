/** Connection lost or refused, server starting, stopping or full: PostgreSQL classes 08, 53, 57 and the socket's own codes. */
const CODES = /^(?:08\w{3}|53\w{3}|57P0[1-5]|25006|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT)$/;
const MESSAGES = /Connection terminated|timeout exceeded when trying to connect|embedded database has one session/;

/** Whether an error means that the database cannot be reached just now, so that trying again is the right answer. */
export function isUnavailable(error: unknown): boolean {
  const candidate = error as { code?: unknown; message?: unknown; driverError?: unknown } | undefined | null;
  if (typeof candidate !== 'object' || candidate === null) return false;
  if (typeof candidate.code === 'string' && CODES.test(candidate.code)) return true;
  if (typeof candidate.message === 'string' && MESSAGES.test(candidate.message)) return true;
  return candidate.driverError !== undefined && candidate.driverError !== error && isUnavailable(candidate.driverError);
}
