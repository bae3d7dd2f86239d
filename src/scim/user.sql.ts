/** A person as SCIM shows them; terms are those of today, else the last or first ones. */
export interface UserRow {
  readonly id: string;
  readonly number: string | null;
  readonly first: string;
  readonly last: string;
  readonly email: string | null;
  readonly start: string;
  readonly end: string | null;
  readonly userName: string;
  readonly externalId: string | null;
  readonly active: boolean;
  readonly endedOn: string | null;
  readonly plannedEnd: string | null;
  readonly title: string;
  readonly workType: string;
  readonly place: string;
  readonly country: string;
  readonly centre: string | null;
  readonly fte: string;
  readonly managerId: string | null;
  readonly manager: string | null;
  readonly teamId: string | null;
  readonly team: string | null;
  readonly created: Date;
  readonly modified: Date;
  readonly today: string;
}

const CLOCK = `clock as materialized (select (clock_timestamp() at time zone time_zone)::date as day from organization where id = $1)`;

/** Who was deleted here is not there for a directory, whatever the organization keeps of them: neither a member nor a manager. */
export const isUser = (id: string): string =>
  `not exists (select from scim_user gone where gone.org_id = $1 and gone.employee_id = ${id} and gone.deleted_at is not null)`;

/** Ended by the directory on its last day, or by that day's having passed. */
const ACTIVE = `(e.end_date is null or (e.end_date >= clock.day and e.end_date is distinct from su.ended_on))`;

/** People whom the directory has not named yet go by their address as long as nobody else may have it. */
const USER_NAME = `coalesce(su.user_name, case when ${ACTIVE} then e.email end, e.external_id, e.id)`;

const PEOPLE = `clock join employee e on e.org_id = $1 left join scim_user su on su.org_id = $1 and su.employee_id = e.id`;

/** Attributes that a filter can name, each as a condition on a parameter; lookups by an index. */
export const USER_FILTERS: Readonly<Record<string, (parameter: string) => string>> = {
  id: (value) => `e.id = ${value}`,
  username: (value) => `(e.id in (
      select employee_id from scim_user where org_id = $1 and user_key = lower(${value}) and deleted_at is null
      union all select subject_id from search_term where org_id = $1 and kind = 'employee.email' and term = lower(${value})
      union all select id from employee where org_id = $1 and external_id = ${value}
      union all select id from employee where org_id = $1 and id = ${value})
    and lower(${USER_NAME}) = lower(${value}))`,
  externalid: (value) => `su.external_id = ${value}`,
  'emails.value': (value) =>
    `e.id in (select subject_id from search_term where org_id = $1 and kind = 'employee.email' and term = lower(${value}))`,
  // The one address is shown as this.
  'emails.type': (value) => `(e.email is not null and lower(${value}) = 'work')`,
  'emails.primary': (value) => `(e.email is not null and lower(${value}) = 'true')`,
  employeenumber: (value) => `e.external_id = ${value}`,
  active: (value) => `${ACTIVE} = (lower(${value}) = 'true')`,
  'manager.value': (
    value,
  ) => `exists (select from employment_terms t where t.org_id = $1 and t.employee_id = e.id and t.manager_id = ${value}
      and t.effective_from <= clock.day and coalesce(t.effective_to, 'infinity') >= clock.day) and ${isUser(value)}`,
};

/** $1 organization, then the values of the conditions, then offset and rows. */
export function selectUsers(conditions: readonly string[], offset: string, limit: string): string {
  return `with ${CLOCK}
    select e.id, e.external_id as number, e.first_name as first, e.last_name as last, e.email, e.start_date as start, e.end_date as "end",
      ${USER_NAME} as "userName", su.external_id as "externalId", ${ACTIVE} as active, su.ended_on as "endedOn", su.planned_end as "plannedEnd", r.title, w.name as "workType", g.name as place, g.country_code as country,
      c.code as centre, trim_scale(t.contracted_fte)::text as fte, t.manager_id as "managerId", m.first_name || ' ' || m.last_name as manager, case when sg.deleted_at is null then team.id end as "teamId", team.name as team,
      e.created_at as created, greatest(e.updated_at, t.updated_at, su.updated_at, a.updated_at) as modified, clock.day as today
    from ${PEOPLE}
    cross join lateral (select greatest(e.start_date, least(clock.day, coalesce(e.end_date, clock.day))) as day) fact
    join employment_terms t on t.org_id = $1 and t.employee_id = e.id and t.effective_from <= fact.day and coalesce(t.effective_to, 'infinity') >= fact.day
    join job_role r on r.org_id = $1 and r.id = t.job_role_id
    join work_type w on w.org_id = $1 and w.id = t.work_type_id
    join geography g on g.org_id = $1 and g.id = t.geography_id
    left join cost_centre c on c.org_id = $1 and c.id = t.cost_centre_id
    left join employee m on m.org_id = $1 and m.id = t.manager_id and ${isUser('m.id')}
    left join lateral (
      select a.target_team_id, a.updated_at from allocation a where a.org_id = $1 and a.employee_id = e.id and a.is_primary and a.target_team_id is not null
        and a.start_date <= fact.day and coalesce(a.end_date, 'infinity') >= fact.day order by a.start_date desc limit 1
    ) a on true
    left join team on team.org_id = $1 and team.id = a.target_team_id
    left join scim_group sg on sg.org_id = $1 and sg.team_id = team.id
    where ${where(conditions)} order by e.id offset ${offset} limit ${limit}`;
}

export function countUsers(conditions: readonly string[]): string {
  return `with ${CLOCK} select count(*)::int as total from ${PEOPLE} where ${where(conditions)}`;
}

function where(conditions: readonly string[]): string {
  return [isUser('e.id'), ...conditions].join(' and ');
}

/** $1 organization · $2 person · $3 userName · $4 its key · $5 externalId · $6 day on which the directory ended the employment · $7 last day that was planned before */
export const KEEP_NAMES = `insert into scim_user as u (org_id, employee_id, user_name, user_key, external_id, ended_on, planned_end) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (org_id, employee_id) do update set user_name = excluded.user_name, user_key = excluded.user_key, external_id = excluded.external_id,
    ended_on = excluded.ended_on, planned_end = excluded.planned_end, updated_at = clock_timestamp()
  where (u.user_name, u.external_id, u.ended_on, u.planned_end) is distinct from (excluded.user_name, excluded.external_id, excluded.ended_on, excluded.planned_end)`;

/** Somebody of this name whom the directory has deleted. $1 organization · $2 key of the userName */
export const DELETED = `select su.employee_id as id, e.end_date as "end" from scim_user su join employee e on e.org_id = $1 and e.id = su.employee_id
  where su.org_id = $1 and su.user_key = $2 and su.deleted_at is not null order by su.deleted_at desc limit 1`;
