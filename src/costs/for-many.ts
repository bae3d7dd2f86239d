import type { CallContext } from '../access';
import { FOR_MANY } from './cost-rows.sql';

/** For the rest of the call's transaction, before costs of many are added up. */
export async function expectMany({ db }: CallContext): Promise<void> {
  await db.query(`select ${FOR_MANY}`);
}
