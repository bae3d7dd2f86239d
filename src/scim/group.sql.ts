import { isUser } from './user.sql';

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
const IN_FORCE = `a.employee_id is not null and a.is_primary and a.start_date <= greatest(clock.day, e.start_date) and coalesce(a.end_date, 'infinity') >= greatest(clock.day, e.start_date) and ${isUser('e.id')}`;

export const GROUP_FILTERS: Readonly<Record<string, (parameter: string) => string>> = {
  id: (value) => `g.id = ${value}`,
  displayname: (value) => `lower(g.name) = lower(${value})`,
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
    select g.id, g.name, sg.external_id as "externalId", g.created_at as created,
      greatest(g.updated_at, sg.updated_at, (select max(a.updated_at) from allocation a where a.org_id = $1 and a.target_team_id = g.id)) as modified
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

/** Not all that changes members leaves a row that tells when. $1 organization · $2 team */
export const TOUCH_GROUP = 'update scim_group set updated_at = clock_timestamp() where org_id = $1 and team_id = $2';

/** A team that nothing refers to. $1 organization · $2 team */
export const DROP_TEAM = `delete from team t where t.org_id = $1 and t.id = $2
  and not exists (select from allocation a where a.org_id = $1 and (a.target_team_id = t.id or a.team_id = t.id))
  and not exists (select from budget b where b.org_id = $1 and b.team_id = t.id)
  and not exists (select from team below where below.org_id = $1 and below.parent_team_id = t.id)`;

/** The team of a Group stays, but is none for the directory. $1 organization · $2 team */
export const HIDE_GROUP = `insert into scim_group (org_id, team_id, deleted_at) select $1, id, clock_timestamp() from team where org_id = $1 and id = $2
  on conflict (org_id, team_id) do update set deleted_at = clock_timestamp(), updated_at = clock_timestamp()`;

/** Another team of this name in whatever case, rather one that the directory has than one that it deleted. $1 organization · $2 name · $3 team or null */
export const NAMESAKE = `select g.id, g.name, sg.deleted_at is not null as deleted from team g left join scim_group sg on sg.org_id = $1 and sg.team_id = g.id
  where g.org_id = $1 and lower(g.name) = lower($2) and g.id is distinct from $3 order by deleted, g.id limit 1`;

/** How many of these people are Users, and of how many the employment is over. $1 organization · $2 ids as JSON */
export const NEW_MEMBERS = `with ${CLOCK} select count(*)::int as users, (count(*) filter (where e.end_date < clock.day))::int as ended
  from clock join employee e on e.org_id = $1 where e.id in (select jsonb_array_elements_text($2::jsonb)) and ${isUser('e.id')}`;
