import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Database } from '../database';
import { newCookieValue } from './cookies';
import type { User } from './users.service';

export interface BrowserSession {
  /** SHA-256 of the cookie; the cookie itself is stored nowhere. */
  readonly hash: Buffer;
  readonly user: User;
  /** True within ten minutes of a password, which dangerous acts ask for. */
  readonly recentlyAuthenticated: boolean;
}

interface Row extends User {
  readonly recent: boolean;
}

const ALIVE = `s.last_seen_at > clock_timestamp() - interval '30 minutes' and s.created_at > clock_timestamp() - interval '12 hours'`;

/** Touches the session at most once a minute: reading a page is no reason to write a row. */
const FIND = `with found as (
    select s.id_hash, s.last_seen_at, u.id, u.email, u.name, s.authenticated_at > clock_timestamp() - interval '10 minutes' as recent
    from platform.browser_session s join platform.app_user u on u.id = s.user_id
    where s.id_hash = $1 and u.status = 'active' and ${ALIVE}
  ), touched as (
    update platform.browser_session set last_seen_at = clock_timestamp()
    where id_hash in (select id_hash from found where last_seen_at < clock_timestamp() - interval '1 minute')
  )
  select id, email, name, recent from found`;

/** Sessions are bound to the host they were made on: `realm` is part of every statement through row security. */
@Injectable()
export class BrowserSessionsService {
  constructor(private readonly database: Database) {}

  /** @returns the cookie's value; always a new one, so that a value planted before sign-in is worth nothing (LOGIN-3) */
  async open(realm: string, userId: string, from: { ip: string; userAgent?: string }): Promise<string> {
    const value = newCookieValue();
    await this.database.app({ realm }, (db) =>
      db.query('insert into platform.browser_session (id_hash, realm, user_id, ip, user_agent) values ($1, $2, $3, $4, $5)', [
        cookieHash(value),
        realm,
        userId,
        from.ip,
        from.userAgent?.slice(0, 256),
      ]),
    );
    return value;
  }

  async find(realm: string, cookie: string): Promise<BrowserSession | undefined> {
    const hash = cookieHash(cookie);
    const [row] = await this.database.app({ realm }, (db) => db.query<Row[]>(FIND, [hash]));
    return row && { hash, user: { id: row.id, email: row.email, name: row.name }, recentlyAuthenticated: row.recent };
  }

  async reauthenticated(realm: string, session: BrowserSession): Promise<void> {
    await this.database.app({ realm }, (db) =>
      db.query('update platform.browser_session set authenticated_at = clock_timestamp() where id_hash = $1', [session.hash]),
    );
  }

  async close(realm: string, hash: Buffer): Promise<void> {
    await this.database.app({ realm }, (db) => db.query('delete from platform.browser_session where id_hash = $1', [hash]));
  }

  async forgetOld(realm: string): Promise<void> {
    await this.database.app({ realm }, (db) => db.query(`delete from platform.browser_session s where not (${ALIVE})`));
  }
}

export function cookieHash(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
