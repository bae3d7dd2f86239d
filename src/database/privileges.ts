import type { DataSource } from 'typeorm';
import { Login, OVER_PRIVILEGED, ROLES } from './roles';

/** A login that must not serve requests; the message says which and why. */
export class OverPrivilegedError extends Error {
  override readonly name = 'OverPrivilegedError';
}

/** Refuses to run on a login that row level security or the grants would not hold. */
export async function assertLeastPrivilege(source: DataSource, login: Login): Promise<void> {
  const faults = await source.query<{ fault: string }[]>(OVER_PRIVILEGED, [ROLES[login]]);
  if (faults.length === 0) return;
  const reasons = faults.map((row) => row.fault).join('; ');
  throw new OverPrivilegedError(
    `Refusing to start: the ${login} database login ${reasons}. Remove DATABASE_${login.toUpperCase()}_URL to use ${ROLES[login]}, or point it at that role.`,
  );
}
