import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../database';

/** Names that a source uses, by list; geographies with what a new one needs. */
export interface WantedCodes {
  readonly jobRoles: readonly string[];
  readonly workTypes: readonly string[];
  readonly costCentres: readonly string[];
  readonly valueStreams: readonly string[];
  readonly teams: readonly string[];
  readonly geographies: readonly { name: string; country: string; currency: string }[];
}

type List = keyof WantedCodes;

/** Name without regard to case → id. A name that several teams have has none. */
export type CodeIds = Readonly<Record<List, ReadonlyMap<string, string>>>;

const LISTS: Readonly<Record<List, { table: string; prefix: string; name: string; columns: string; label: string }>> = {
  jobRoles: { table: 'job_role', prefix: 'role', name: 'title', columns: 'title', label: 'job roles' },
  workTypes: { table: 'work_type', prefix: 'wt', name: 'name', columns: 'name', label: 'work types' },
  costCentres: { table: 'cost_centre', prefix: 'cc', name: 'code', columns: 'code, name', label: 'cost centres' },
  valueStreams: { table: 'value_stream', prefix: 'vs', name: 'name', columns: 'name', label: 'value streams' },
  teams: { table: 'team', prefix: 'team', name: 'name', columns: 'name', label: 'teams' },
  geographies: {
    table: 'geography',
    prefix: 'geo',
    name: 'name',
    columns: 'name, country_code, time_zone, currency',
    label: 'geographies',
  },
};

const RAISE_REVISION = 'update organization set live_rev = live_rev + 1 where id = $1';

/** A team may be named by its id, too; one that is not there is not made. */
const TEAM_ID = /^team_[a-z2-7]{12}$/;

export const codeKey = (name: string): string => name.toLowerCase();

/** The team of a name, for somebody: of several that have it the one that they are in. '' where that does not tell, undefined where there is none. */
export function teamNamed(
  { teams }: Pick<CodeIds, 'teams'>,
  name: string,
  present: { id: string; name: string } | undefined,
): string | undefined {
  const id = teams.get(codeKey(name));
  return id === '' && present !== undefined && codeKey(present.name) === codeKey(name) ? present.id : id;
}

/** Job roles, work types, cost centres, value streams, geographies and teams: finds them by name, and makes those that are new. */
@Injectable()
export class CodeLists {
  /** @returns the ids, and how many rows were made of each kind */
  async ensure(
    db: EntityManager,
    orgId: string,
    wanted: Partial<WantedCodes>,
    timeZone: string,
  ): Promise<{ ids: CodeIds; added: Record<string, number> }> {
    await db.query(RAISE_REVISION, [orgId]);
    const added: Record<string, number> = {};
    const ids: Partial<Record<List, ReadonlyMap<string, string>>> = {};
    for (const list of Object.keys(wanted) as List[]) {
      const rows = rowsFor(list, wanted, timeZone);
      const present = await presentIn(db, orgId, list);
      const missing = [...rows].filter(([key]) => !present.has(key)).map(([, row]) => row);
      if (missing.length > 0) added[LISTS[list].label] = missing.length;
      await insert(db, orgId, list, missing);
      ids[list] = new Map([
        ...present,
        ...missing.map((row): [string, string] => [codeKey(String(row[LISTS[list].name])), String(row['id'])]),
      ]);
    }
    return { ids: ids as CodeIds, added };
  }
}

type Row = Readonly<Record<string, unknown>>;

/** One row per name, whatever its case; the first spelling stays. */
function rowsFor(list: List, wanted: Partial<WantedCodes>, timeZone: string): Map<string, Row> {
  const rows: Row[] =
    list === 'geographies'
      ? (wanted.geographies ?? []).map(({ name, country, currency }) => ({ name, country_code: country, currency, time_zone: timeZone }))
      : (wanted[list] ?? []).map((name) => (list === 'costCentres' ? { code: name, name } : { [LISTS[list].name]: name }));
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const key = codeKey(String(row[LISTS[list].name]));
    if (!byKey.has(key) && !(list === 'teams' && TEAM_ID.test(key))) byKey.set(key, { id: newId(LISTS[list].prefix), ...row });
  }
  return byKey;
}

/** What there is, with '' for a name that does not tell which one is meant. */
async function presentIn(db: EntityManager, orgId: string, list: List): Promise<Map<string, string>> {
  const { table, name } = LISTS[list];
  const rows = await db.query<{ id: string; name: string }[]>(`select id, ${name} as name from ${table} where org_id = $1 order by id`, [
    orgId,
  ]);
  const found = new Map<string, string>();
  for (const row of rows) {
    const key = codeKey(row.name);
    const other = found.get(key);
    found.set(key, other === undefined ? row.id : list === 'teams' ? '' : other);
    if (list === 'teams') found.set(row.id, row.id);
  }
  return found;
}

async function insert(db: EntityManager, orgId: string, list: List, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const { table, columns } = LISTS[list];
  await db.query(
    `insert into ${table} (org_id, id, ${columns}) select $1, id, ${columns} from jsonb_populate_recordset(null::${table}, $2::jsonb)`,
    [orgId, JSON.stringify(rows)],
  );
}
