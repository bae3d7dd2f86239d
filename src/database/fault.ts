/**
 * An error as it may be logged: what it is, PostgreSQL's code where it has one, and where it came from. Never its
 * message, which in a database error can hold values that the reader of a log may not see.
 */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = ('driverError' in error ? error.driverError : error) as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trim().startsWith('at '));
  return [typeof code === 'string' ? `${error.name} ${code}` : error.name, ...frames.slice(0, 10)].join('\n');
}
