import { Injectable } from '@nestjs/common';
import { Database, newId } from '../database';
import { hashPassword, isPassword, MIN_PASSWORD } from './passwords';

/** An account: one person, whatever organizations they belong to. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

interface StoredUser extends User {
  readonly password_hash: string | null;
  readonly status: 'active' | 'disabled';
}

const COLUMNS = 'id, email, name, password_hash, status';

@Injectable()
export class UsersService {
  constructor(private readonly database: Database) {}

  /** @param password plain text of at least 12 characters; without one the account cannot sign in here */
  async create(email: string, name: string, password?: string): Promise<User> {
    if (password !== undefined && password.length < MIN_PASSWORD) throw new Error(`A password has at least ${MIN_PASSWORD} characters.`);
    const user = { id: newId('usr'), email: email.trim(), name: name.trim() };
    const passwordHash = password === undefined ? null : await hashPassword(password);
    await this.database.app({}, (db) =>
      db.query('insert into platform.app_user (id, email, email_norm, name, password_hash) values ($1, $2, $3, $4, $5)', [
        user.id,
        user.email,
        normaliseEmail(email),
        user.name,
        passwordHash,
      ]),
    );
    return user;
  }

  async findByEmail(email: string): Promise<User | undefined> {
    return publicPart(await this.load(email));
  }

  /** Disabled accounts are refused at every entrance at once: sign-in, session, token and gate all read this status. */
  async setStatus(userId: string, status: 'active' | 'disabled'): Promise<void> {
    await this.database.app({}, (db) => db.query('update platform.app_user set status = $2 where id = $1', [userId, status]));
  }

  /** The active account with this e-mail address and password. Costs the same time whatever is wrong. */
  async authenticate(email: string, password: string): Promise<{ user?: User; knownId?: string }> {
    const stored = await this.load(email);
    const right = await isPassword(password, stored?.password_hash);
    if (right && stored?.status === 'active') return { user: publicPart(stored), knownId: stored.id };
    return { knownId: stored?.id };
  }

  private async load(email: string): Promise<StoredUser | undefined> {
    const rows = await this.database.app({}, (db) =>
      db.query<StoredUser[]>(`select ${COLUMNS} from platform.app_user where email_norm = $1`, [normaliseEmail(email)]),
    );
    return rows[0];
  }
}

/** Addresses that differ by case, width or surrounding space are one account. NUL cannot be stored and is nobody's. */
export function normaliseEmail(email: string): string {
  return email.slice(0, 320).normalize('NFKC').trim().toLowerCase().replaceAll('\0', '');
}

function publicPart(stored: StoredUser | undefined): User | undefined {
  return stored && { id: stored.id, email: stored.email, name: stored.name };
}
