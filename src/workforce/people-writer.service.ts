import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../database';
import type { Given } from './people-batch.sql';
import { MOVE_TO_TEAMS, writeStatements } from './people-writer.sql';

/** A person as a source outside knows them; what it does not have is absent. Days are `YYYY-MM-DD`, amounts plain decimals. */
export interface IncomingPerson {
  readonly externalId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  readonly startDate: string;
  readonly endDate?: string;
  readonly noticeDate?: string;
  readonly skills?: readonly string[];
  /** By employee number, or by id of who has none. */
  readonly managerNumber?: string;
  readonly managerId?: string;
  readonly jobRoleId: string;
  readonly workTypeId: string;
  readonly geographyId: string;
  readonly costCentreId?: string;
  readonly teamId?: string;
  readonly fte?: string;
  readonly salary?: string;
  readonly bonus?: string;
  readonly currency?: string;
  readonly payDate?: string;
}

/** What a source has at all, and what its figures mean. */
export interface PeopleSource {
  readonly given: Given;
  readonly hasPay: boolean;
  readonly hasTeam: boolean;
  /** Day from which changes are in force. */
  readonly day: string;
  /** Decimal that makes a year's pay of the source's amount. */
  readonly perYear: string;
  /** Whether part-time pay is given as it is paid, not at full time. */
  readonly payIsActual: boolean;
}

export interface Written {
  readonly created: number;
  readonly changed: number;
}

/** A live person, as far as a source has to be compared with them. */
export interface KnownPerson {
  readonly id: string;
  readonly externalId: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly managerId: string | null;
  /** Their main team on the day. */
  readonly team: { readonly id: string; readonly name: string } | null;
}

const RAISE_REVISION = 'update organization set live_rev = live_rev + 1 where id = $1';
const PAGE = 5_000;

/** $1 organization · $2 id of the last one read · $3 day · $4 rows. */
const KNOWN_PEOPLE = `
  select e.id, e.external_id as "externalId", e.first_name as "firstName", e.last_name as "lastName", lower(e.email) as email,
    e.start_date as "startDate", e.end_date as "endDate", t.manager_id as "managerId",
    (select json_build_object('id', x.id, 'name', x.name) from allocation a join team x on x.org_id = $1 and x.id = a.target_team_id
      where a.org_id = $1 and a.employee_id = e.id and a.is_primary and a.start_date <= fact.day and coalesce(a.end_date, 'infinity') >= fact.day
      order by a.start_date desc limit 1) as team
  from employee e
  cross join lateral (select greatest(e.start_date, least($3::date, coalesce(e.end_date, $3::date))) as day) fact
  left join employment_terms t on t.org_id = $1 and t.employee_id = e.id and t.effective_from <= fact.day and coalesce(t.effective_to, 'infinity') >= fact.day
  where e.org_id = $1 and e.id > $2 order by e.id limit $4`;

/** Writes people from a source outside into live data. The caller's transaction is in the organization's scope. */
@Injectable()
export class PeopleWriter {
  /**
   * Creates and changes; nobody who is not in the batch is touched, except where they are somebody's manager in it. Managers have to be
   * there before their reports, or in the same batch. Begins with live_rev, as every live write does: that row lock orders them.
   */
  async write(db: EntityManager, orgId: string, source: PeopleSource, people: readonly IncomingPerson[]): Promise<Written> {
    await db.query(RAISE_REVISION, [orgId]);
    const batch = JSON.stringify(people.map((person) => ({ ...person, ...ownIds() })));
    const created = new Set<string>();
    const changed = new Set<string>();
    for (const { sql, counts, takesPay } of writeStatements(source.given, { pay: source.hasPay, team: source.hasTeam })) {
      const parameters = [orgId, batch, source.day, ...(takesPay ? [source.perYear, source.payIsActual] : [])];
      const rows = rowsOf(await db.query(sql, /\$3/.test(sql) ? parameters : parameters.slice(0, 2)));
      for (const { id } of rows) if (counts === 'created') created.add(id);
      for (const { id } of rows) if (counts === 'changed' && !created.has(id)) changed.add(id);
    }
    return { created: created.size, changed: changed.size };
  }

  /** Makes teams the main ones of people who are there, from the day on; without a team they are in none. The caller has raised live_rev. */
  async moveToTeams(
    db: EntityManager,
    orgId: string,
    day: string,
    moves: readonly { employeeId: string; teamId?: string }[],
  ): Promise<void> {
    if (moves.length === 0) return;
    const rows = JSON.stringify(moves.map((move) => ({ ...move, allocationId: newId('alc') })));
    for (const sql of MOVE_TO_TEAMS) await db.query(sql, [orgId, rows, day]);
  }

  /** Everybody of the organization, a page after the other; each page by the `read` of the caller, who opens the transaction. */
  async *known(
    orgId: string,
    day: string,
    read: (work: (db: EntityManager) => Promise<KnownPerson[]>) => Promise<KnownPerson[]>,
  ): AsyncGenerator<KnownPerson> {
    for (let after = ''; ;) {
      const from = after;
      const page = await read((db) => db.query<KnownPerson[]>(KNOWN_PEOPLE, [orgId, from, day, PAGE]));
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)?.id as string;
    }
  }
}

/** Ids for whatever rows of these the person needs. */
function ownIds(): Record<string, string> {
  const [allocationId, pastId, tailId] = [newId('alc'), newId('alc'), newId('alc')];
  return { newId: newId('emp'), termsId: newId('trm'), payId: newId('sal'), allocationId, pastId, tailId };
}

/** TypeORM gives rows, or for UPDATE and DELETE rows and a count. */
function rowsOf(result: unknown): { id: string }[] {
  const list = result as { id: string }[] | [{ id: string }[], number];
  return Array.isArray(list[0]) ? list[0] : (list as { id: string }[]);
}
