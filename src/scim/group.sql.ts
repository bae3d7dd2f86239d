/** A team as SCIM shows it. */
export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly created: Date;
  readonly modified: Date;
  /** Absent where nobody asked for them. */
  readonly members?: readonly { readonly id: string; readonly name: string }[];
}

const CLOCK = `clock as materialized (select (clock_timestamp() at time zone time_zone)::date as day from organization where id = $1)`;

/** People whose main team it is today. */
const IN_FORCE = `a.employee_id is not null and a.is_primary and a.start_date <= greatest(clock.day, e.start_date) and coalesce(a.end_date, 'infinity') >= greatest(clock.day, e.start_date)`;

export const GROUP_FILTERS: Readonly<Record<string, (parameter: string) => string>> = {
  id: (value) => `g.id = ${value}`,
  displayname: (value) => `g.name = ${value}`,
  externalid: (value) => `sg.external_id = ${value}`,
  'members.value': (value) => `exists (select from allocation a join employee e on e.org_id = $1 and e.id = a.employee_id
    where a.org_id = $1 and a.employee_id = ${value} and a.target_team_id = g.id and ${IN_FORCE})`,
};

const GROUPS = `clock join team g on g.org_id = $1 left join scim_group sg on sg.org_id = $1 and sg.team_id = g.id`;

/** $1 organization, then the values of the conditions, then offset and rows. */
export function selectGroups(conditions: readonly string[], offset: string, limit: string, withMembers: boolean): string {
  const members = `(select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'name', e.first_name || ' ' || e.last_name) order by e.id), '[]')
    from allocation a join employee e on e.org_id = $1 and e.id = a.employee_id where a.org_id = $1 and a.target_team_id = g.id and ${IN_FORCE})`;
  return `with ${CLOCK}
    select g.id, g.name, sg.external_id as "externalId", g.created_at as created, greatest(g.updated_at, sg.updated_at) as modified
      ${withMembers ? `, ${members} as members` : ''}
    from ${GROUPS} where ${where(conditions)} order by g.id offset ${offset} limit ${limit}`;
}

export function countGroups(conditions: readonly string[]): string {
  return `with ${CLOCK} select count(*)::int as total from ${GROUPS} where ${where(conditions)}`;
}

function where(conditions: readonly string[]): string {
  return ['sg.deleted_at is null', ...conditions].join(' and ');
}

/** $1 organization · $2 team · $3 externalId */
export const KEEP_GROUP = `insert into scim_group (org_id, team_id, external_id) values ($1, $2, $3)
  on conflict (org_id, team_id) do update set external_id = excluded.external_id, deleted_at = null, updated_at = clock_timestamp()
  where scim_group.deleted_at is not null or scim_group.external_id is distinct from excluded.external_id`;

/** $1 organization · $2 team */
export const DELETE_GROUP = `insert into scim_group (org_id, team_id, deleted_at) values ($1, $2, clock_timestamp())
  on conflict (org_id, team_id) do update set deleted_at = clock_timestamp(), updated_at = clock_timestamp()`;

/** A team of this name that the directory has deleted. $1 organization · $2 name */
export const DELETED_GROUP = `select g.id from scim_group sg join team g on g.org_id = $1 and g.id = sg.team_id
  where sg.org_id = $1 and sg.deleted_at is not null and g.name = $2 and g.parent_team_id is null`;
