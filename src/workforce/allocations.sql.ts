/** Who or what is allocated, as the column of `allocation` that says so. */
type Subject = 'employee_id' | 'contractor_id' | 'vacancy_id' | 'ai_agent_id';

/** Allocations that run on a day, or are agreed for later. */
const notEnded = (day: string): string => `(a.end_date is null or a.end_date >= ${day})`;

/** Allocations that run on a day. */
export const runs = (day: string): string => `a.start_date <= ${day} and ${notEnded(day)}`;

/** The team that row `e` belongs to, `{id, name}`: the primary allocation before others, the newest before older ones. */
export function teamOf(subject: Subject, day: string): string {
  return `(
      select json_build_object('id', x.id, 'name', x.name) from allocation a join team x on x.org_id = $1 and x.id = a.target_team_id
      where a.org_id = $1 and a.${subject} = e.id and ${notEnded(day)}
      order by a.start_date <= ${day} desc, a.is_primary desc, a.start_date desc limit 1)`;
}

/** Ids of who is allocated to a team of `subtree` on `clock.day`; those who start later too where `later` says so. */
export function subjectsOfTeam(subject: Subject, later = false): string {
  return `select a.id from (
      select a.${subject} as id, a.target_team_id from clock join allocation a on a.org_id = $1 and a.${subject} is not null
        and ${later ? notEnded('clock.day') : runs('clock.day')} offset 0
    ) a where a.target_team_id in (select id from subtree)`;
}

/** Current and agreed allocations of row `e` to teams, oldest first. */
export function teamAllocations(subject: Subject, day: string): string {
  return `(
      select coalesce(json_agg(json_build_object('id', a.id, 'teamId', a.target_team_id,
        'team', (select name from team where org_id = $1 and id = a.target_team_id), 'fte', a.fte, 'startDate', a.start_date,
        'endDate', a.end_date, 'isPrimary', a.is_primary) order by a.start_date, a.id), '[]')
      from allocation a where a.org_id = $1 and a.${subject} = e.id and a.target_team_id is not null and ${notEnded(day)})`;
}

/** Current and agreed allocations of row `e` to projects, oldest first. */
export function projectAllocations(subject: Subject, day: string): string {
  return `(
      select coalesce(json_agg(json_build_object('id', a.id, 'projectId', a.target_project_id,
        'project', (select name from project where org_id = $1 and id = a.target_project_id), 'fte', a.fte, 'startDate', a.start_date,
        'endDate', a.end_date) order by a.start_date, a.id), '[]')
      from allocation a where a.org_id = $1 and a.${subject} = e.id and a.target_project_id is not null and ${notEnded(day)})`;
}
