import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, newId } from '../database';
import { PeopleWriter } from '../workforce';
import type { ListQuery } from './answer';
import type { ScimConnection } from './connections.service';
import { readFilter } from './filter';
import type { GroupChanges } from './group-changes';
import {
  countGroups,
  DROP_TEAM,
  GROUP_FILTERS,
  type GroupRow,
  HIDE_GROUP,
  KEEP_GROUP,
  NAMESAKE,
  NEW_MEMBERS,
  selectGroups,
  TOUCH_GROUP,
} from './group.sql';
import { conflict, invalidValue, missing } from './scim-error';
import { todayOf } from './today';

const FILTERS = new Set(Object.keys(GROUP_FILTERS));
const RAISE_REVISION = 'update organization set live_rev = live_rev + 1 where id = $1';

const TAKEN = 'There is a Group of this name, in whatever case. Choose another name.';
const KEPT = 'A Group of this name was deleted, and its team is kept. Create that Group again, or choose another name.';

/** Teams of an organization as a directory reads and writes them: being a member is having it for one's main team. */
@Injectable()
export class ScimGroups {
  constructor(
    private readonly database: Database,
    private readonly writer: PeopleWriter,
  ) {}

  async list(
    connection: ScimConnection,
    { filter, startIndex, count }: ListQuery,
    withMembers: boolean,
  ): Promise<{ rows: GroupRow[]; total: number }> {
    const comparisons = filter === undefined ? [] : readFilter(filter, FILTERS);
    const conditions = comparisons.map(({ name }, index) => (GROUP_FILTERS[name] as (parameter: string) => string)(`$${index + 2}::text`));
    const values = [connection.orgId, ...comparisons.map(({ value }) => value)];
    return this.within(connection, async (db) => {
      const [counted] = await db.query<{ total: number }[]>(countGroups(conditions), values);
      const sql = selectGroups(conditions, `$${values.length + 1}`, `$${values.length + 2}`, withMembers);
      const rows = count === 0 ? [] : await db.query<GroupRow[]>(sql, [...values, startIndex - 1, count]);
      return { rows, total: counted?.total ?? 0 };
    });
  }

  read(connection: ScimConnection, id: string, withMembers: boolean): Promise<GroupRow> {
    return this.within(connection, (db) => one(db, connection.orgId, id, withMembers));
  }

  /** A new team at the top; or one that the directory deleted and has again. */
  create(connection: ScimConnection, changes: GroupChanges): Promise<GroupRow> {
    return this.within(connection, async (db) => {
      const { orgId } = connection;
      const name = changes.displayName;
      if (name == null) throw invalidValue('displayName is needed.');
      await db.query(RAISE_REVISION, [orgId]);
      const namesake = await namesakeOf(db, orgId, name);
      if (namesake?.deleted === false) throw conflict(TAKEN);
      const id = namesake?.id ?? newId('team');
      if (namesake === undefined) await db.query('insert into team (org_id, id, name) values ($1, $2, $3)', [orgId, id, name]);
      return this.write(db, orgId, { id, name: namesake?.name ?? name, externalId: null }, changes);
    });
  }

  /** @param change what to change of the Group, or a refusal of what its sender has seen otherwise */
  update(connection: ScimConnection, id: string, change: (present: GroupRow) => GroupChanges): Promise<GroupRow> {
    return this.within(connection, async (db) => {
      const { orgId } = connection;
      await db.query(RAISE_REVISION, [orgId]);
      const present = await one(db, orgId, id, true);
      return this.write(db, orgId, present, change(present));
    });
  }

  /** Its members are in no team from today on. The team goes, too, unless it is in the organization's past or something else refers to it. */
  remove(connection: ScimConnection, id: string, check: (present: GroupRow) => void): Promise<void> {
    return this.within(connection, async (db) => {
      const { orgId } = connection;
      await db.query(RAISE_REVISION, [orgId]);
      const present = await one(db, orgId, id, true);
      check(present);
      await this.write(db, orgId, present, { members: new Set() });
      await db.query(DROP_TEAM, [orgId, id]);
      await db.query(HIDE_GROUP, [orgId, id]);
    });
  }

  private async write(
    db: EntityManager,
    orgId: string,
    { id, ...present }: Pick<GroupRow, 'id' | 'name' | 'externalId'>,
    changes: GroupChanges,
  ): Promise<GroupRow> {
    const name = changes.displayName === undefined ? present.name : changes.displayName;
    if (name === null) throw invalidValue('displayName is needed.');
    if (name !== present.name) {
      const namesake = await namesakeOf(db, orgId, name, id);
      if (namesake !== undefined) throw conflict(namesake.deleted ? KEPT : TAKEN);
      await db.query('update team set name = $3 where org_id = $1 and id = $2', [orgId, id, name]);
    }
    await db.query(KEEP_GROUP, [orgId, id, changes.externalId === undefined ? present.externalId : changes.externalId]);
    if (changes.members) await this.move(db, orgId, id, changes.members);
    return one(db, orgId, id, true);
  }

  /** Somebody who is added leaves the team that they were in: everybody has one. */
  private async move(db: EntityManager, orgId: string, teamId: string, wanted: ReadonlySet<string>): Promise<void> {
    const now = new Set((await one(db, orgId, teamId, true)).members?.map(({ id }) => id));
    const joining = [...wanted].filter((id) => !now.has(id));
    const leaving = [...now].filter((id) => !wanted.has(id));
    if (joining.length + leaving.length === 0) return;
    const [found] = await db.query<{ users: number; ended: number }[]>(NEW_MEMBERS, [orgId, JSON.stringify(joining)]);
    if (found?.users !== joining.length) throw invalidValue('A member is no User of this organization. Create the User first.');
    if (found.ended > 0) throw invalidValue('The employment of a new member has ended. Make the User active first, or leave them out.');
    await this.writer.moveToTeams(db, orgId, await todayOf(db, orgId), [
      ...leaving.map((employeeId) => ({ employeeId })),
      ...joining.map((employeeId) => ({ employeeId, teamId })),
    ]);
    await db.query(TOUCH_GROUP, [orgId, teamId]);
  }

  private within<T>({ tenantId, orgId }: ScimConnection, work: (db: EntityManager) => Promise<T>): Promise<T> {
    return this.database.app({ tenantId, orgId }, work);
  }
}

/** Directories find a group by its name alone, wherever the team is in the tree and however it is written. */
async function namesakeOf(
  db: EntityManager,
  orgId: string,
  name: string,
  except?: string,
): Promise<{ id: string; name: string; deleted: boolean } | undefined> {
  const [namesake] = await db.query<{ id: string; name: string; deleted: boolean }[]>(NAMESAKE, [orgId, name, except ?? null]);
  return namesake;
}

async function one(db: EntityManager, orgId: string, id: string, withMembers: boolean): Promise<GroupRow> {
  const [row] = await db.query<GroupRow[]>(selectGroups(['g.id = $2'], '0', '1', withMembers), [orgId, id]);
  if (row === undefined) throw missing();
  return row;
}
