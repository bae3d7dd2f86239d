import { Injectable } from '@nestjs/common';
import { Database } from '../database';

/** Failures within the window after which an account or an address has to wait (LOGIN-2). */
const LIMITS = { account: 10, address: 50 };
export const LOCKOUT_MINUTES = 15;

/** One try at a password, counted before the password is looked at, so that parallel guesses cannot share a count. */
export interface Attempt {
  readonly at: string;
  readonly emailNorm: string;
  readonly ip: string;
}

const WINDOW = `clock_timestamp() - interval '${LOCKOUT_MINUTES} minutes'`;
const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 0)), pg_advisory_xact_lock(hashtextextended($2, 1))';
const COUNT = `select (select count(*) from platform.sign_in_failure where email_norm = $1 and at > ${WINDOW}) as account,
  (select count(*) from platform.sign_in_failure where ip = $2 and at > ${WINDOW}) as address`;
const INSERT = 'insert into platform.sign_in_failure (email_norm, ip) values ($1, $2) returning at::text as at';

@Injectable()
export class LockoutService {
  constructor(private readonly database: Database) {}

  /** Counts a try, or says that account or address are locked: then nothing is counted, and the lock ends by itself. */
  begin(emailNorm: string, ip: string): Promise<Attempt | 'locked'> {
    return this.database.app({}, async (db) => {
      await db.query(LOCK, [ip, emailNorm]);
      const [failures] = await db.query<{ account: number; address: number }[]>(COUNT, [emailNorm, ip]);
      if (failures!.account >= LIMITS.account || failures!.address >= LIMITS.address) return 'locked';
      const [row] = await db.query<{ at: string }[]>(INSERT, [emailNorm, ip]);
      return { at: row!.at, emailNorm, ip };
    });
  }

  /** Takes a successful try back. Clears the account's failures but keeps them on the address's count. */
  async succeed({ at, emailNorm, ip }: Attempt): Promise<void> {
    await this.database.app({}, async (db) => {
      await db.query('delete from platform.sign_in_failure where email_norm = $1 and ip = $2 and at = $3::timestamptz', [
        emailNorm,
        ip,
        at,
      ]);
      await db.query("update platform.sign_in_failure set email_norm = '' where email_norm = $1", [emailNorm]);
    });
  }

  async forgetOld(): Promise<void> {
    await this.database.app({}, (db) => db.query(`delete from platform.sign_in_failure where at < ${WINDOW}`));
  }
}
