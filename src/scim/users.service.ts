import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database';
import { PeopleWriter } from '../workforce';
import type { ListQuery } from './answer';
import type { ScimConnection } from './connections.service';
import { type Desired, employmentOf, leftLongAgo, NewPeople, nothingChanged, peopleSource } from './employment';
import { readFilter } from './filter';
import { conflict, missing, ScimError } from './scim-error';
import { todayOf } from './today';
import type { UserChanges } from './user-changes';
import { countUsers, DELETED, isUser, KEEP_NAMES, selectUsers, USER_FILTERS, type UserRow } from './user.sql';

const FILTERS = new Set(Object.keys(USER_FILTERS));
const RENUMBER = 'update employee set external_id = $3 where org_id = $1 and id = $2 and external_id is distinct from $3';
const BY_NUMBER = 'select id from employee where org_id = $1 and external_id = $2';
const MANAGER = `select e.id from employee e where e.org_id = $1 and e.id = $2 and ${isUser('e.id')}`;
const UNDELETE = 'update scim_user set deleted_at = null where org_id = $1 and employee_id = $2';
const DELETE = 'update scim_user set deleted_at = clock_timestamp() where org_id = $1 and employee_id = $2';
/** All writes of an organization come one after the other, so that what was checked still holds when it is written. */
const LOCK = 'select from organization where id = $1 for no key update';

/** People of an organization, as a directory reads and writes them. */
@Injectable()
export class ScimUsers {
  constructor(
    private readonly database: Database,
    private readonly writer: PeopleWriter,
    private readonly codes: NewPeople,
  ) {}

  async list(connection: ScimConnection, { filter, startIndex, count }: ListQuery): Promise<{ rows: UserRow[]; total: number }> {
    const comparisons = filter === undefined ? [] : readFilter(filter, FILTERS);
    const conditions = comparisons.map(({ name }, index) => (USER_FILTERS[name] as (parameter: string) => string)(`$${index + 2}::text`));
    const values = [connection.orgId, ...comparisons.map(({ value }) => value)];
    return this.within(connection, async (db) => {
      const [counted] = await db.query<{ total: number }[]>(countUsers(conditions), values);
      const sql = selectUsers(conditions, `$${values.length + 1}`, `$${values.length + 2}`);
      const rows = count === 0 ? [] : await db.query<UserRow[]>(sql, [...values, startIndex - 1, count]);
      return { rows, total: counted?.total ?? 0 };
    });
  }

  read(connection: ScimConnection, id: string): Promise<UserRow> {
    return this.within(connection, (db) => one(db, connection.orgId, id));
  }

  /** Somebody new; or somebody whom the directory deleted not long ago, and has again. */
  create(connection: ScimConnection, changes: UserChanges): Promise<UserRow> {
    return this.within(connection, async (db) => {
      const { orgId } = connection;
      await db.query(LOCK, [orgId]);
      const [deleted] = await db.query<{ id: string; end: string | null }[]>(DELETED, [orgId, (changes.username ?? '').toLowerCase()]);
      if (deleted === undefined || leftLongAgo(deleted.end, await todayOf(db, orgId)))
        return this.write(db, connection, undefined, changes);
      await db.query(UNDELETE, [orgId, deleted.id]);
      return this.write(db, connection, await one(db, orgId, deleted.id), { active: 'true', ...changes });
    });
  }

  /** @param change what to change of the User, or a refusal of what its sender has seen otherwise */
  update(connection: ScimConnection, id: string, change: (present: UserRow) => UserChanges): Promise<UserRow> {
    return this.within(connection, (db) => this.change(db, connection, id, change));
  }

  /** Ends the employment; the person stays in the organization's past, and is gone for the directory. */
  remove(connection: ScimConnection, id: string, check: (present: UserRow) => void): Promise<unknown> {
    return this.within(connection, async (db) => {
      await this.change(db, connection, id, (present) => {
        check(present);
        return { active: 'false' };
      });
      await db.query(DELETE, [connection.orgId, id]);
    });
  }

  private async change(
    db: EntityManager,
    connection: ScimConnection,
    id: string,
    change: (present: UserRow) => UserChanges,
  ): Promise<UserRow> {
    await db.query(LOCK, [connection.orgId]);
    const present = await one(db, connection.orgId, id);
    return this.write(db, connection, present, change(present));
  }

  private async write(db: EntityManager, connection: ScimConnection, present: UserRow | undefined, changes: UserChanges): Promise<UserRow> {
    const { orgId } = connection;
    const today = present?.today ?? (await todayOf(db, orgId));
    const desired = employmentOf(present, changes, today);
    await this.mustBeFree(db, orgId, present, desired);
    let id = present?.id;
    if (present === undefined || !nothingChanged(present, desired, changes)) {
      if (present !== undefined) await db.query(RENUMBER, [orgId, present.id, desired.number]);
      const ids = await this.codes.ensure(db, connection, desired, present);
      await this.writer.write(db, orgId, peopleSource(connection, changes, today), [{ ...desired.person, ...ids }]);
      id ??= (await db.query<{ id: string }[]>(BY_NUMBER, [orgId, desired.number]))[0]?.id;
    }
    const { userName, externalId, endedOn, plannedEnd } = desired;
    await db.query(KEEP_NAMES, [orgId, id, userName, userName.toLowerCase(), externalId, endedOn, plannedEnd]);
    return one(db, orgId, id as string);
  }

  private async mustBeFree(
    db: EntityManager,
    orgId: string,
    present: UserRow | undefined,
    { userName, number, person }: Desired,
  ): Promise<void> {
    const named = await db.query<UserRow[]>(
      selectUsers([(USER_FILTERS['username'] as (parameter: string) => string)('$2::text')], '0', '2'),
      [orgId, userName],
    );
    if (named.some((other) => other.id !== present?.id)) throw conflict('Somebody else has this userName.');
    const [numbered] = await db.query<{ id: string }[]>(BY_NUMBER, [orgId, number]);
    if (numbered !== undefined && numbered.id !== present?.id)
      throw conflict('Somebody else has this employee number; a new employment needs a number of its own.');
    if (person.managerId === undefined || person.managerId === present?.managerId) return;
    const [manager] = await db.query<unknown[]>(MANAGER, [orgId, person.managerId]);
    if (manager === undefined) throw new ScimError(400, 'The manager is no User of this organization.', 'invalidValue');
  }

  private within<T>({ tenantId, orgId }: ScimConnection, work: (db: EntityManager) => Promise<T>): Promise<T> {
    return this.database.app({ tenantId, orgId }, work);
  }
}

async function one(db: EntityManager, orgId: string, id: string): Promise<UserRow> {
  const [row] = await db.query<UserRow[]>(selectUsers(['e.id = $2'], '0', '1'), [orgId, id]);
  if (row === undefined) throw missing();
  return row;
}
