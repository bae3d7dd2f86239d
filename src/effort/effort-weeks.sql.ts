import { SPAN } from '../workforce';

/** Number of Mondays up to a day, since a Monday before all days. */
const mondays = (day: string): string => `(${day} - date '1899-01-02') / 7`;

/**
 * CTEs `span` and `weeks`. Effort is counted by weeks: those whose Monday is in the period ($2 $3) and whose Sunday is
 * before today. They last from `first_monday` to `last_sunday`.
 */
export const WEEKS = `${SPAN},
  weeks as materialized (
    select s.from_day, s.to_day, l.last_start, n.number, n.last_sunday - 7 * n.number + 1 as first_monday, n.last_sunday
    from span s cross join organization o
    cross join lateral (select least(s.to_day, (clock_timestamp() at time zone o.time_zone)::date - 7) as last_start) l
    cross join lateral (
      select greatest(${mondays('l.last_start')} - ${mondays('(s.from_day - 1)')}, 0) as number,
        l.last_start - extract(isodow from l.last_start)::integer + 7 as last_sunday
    ) n
    where o.id = $1
  )`;

/** When whoever row `x` is of is here, as `h`. */
const HERE = `left join employee e on e.org_id = $1 and e.id = x.employee_id
    left join contractor c on c.org_id = $1 and c.id = x.contractor_id
    cross join lateral (
      select coalesce(e.start_date, c.start_date) as start_date, coalesce(e.end_date, c.end_date, 'infinity'::date) as end_date
    ) h`;

/**
 * CTE `stay (subject_id, start_date, end_date, first, last)`: on which days employees and contractors count, of those
 * when they are here. By a condition on their allocations `a`, or all of them.
 */
export function stays(condition?: string): string {
  if (condition === undefined) {
    const everybody = (
      table: string,
    ): string => `select p.id as subject_id, p.start_date, coalesce(p.end_date, 'infinity'::date) as end_date,
        p.start_date as first, coalesce(p.end_date, 'infinity'::date) as last
      from weeks w join ${table} p on p.org_id = $1 and p.start_date <= w.last_start + 6 and (p.end_date is null or p.end_date >= w.from_day)`;
    return `stay as materialized (${everybody('employee')} union all ${everybody('contractor')})`;
  }
  return `stay as materialized (
    select coalesce(x.employee_id, x.contractor_id) as subject_id, h.start_date, h.end_date, d.first, d.last
    from (
      select a.employee_id, a.contractor_id, range_agg(daterange(a.start_date, a.end_date, '[]')) as days
      from weeks w join allocation a on a.org_id = $1 and a.start_date <= w.last_start + 6 and (a.end_date is null or a.end_date >= w.from_day)
      where ${condition} and coalesce(a.employee_id, a.contractor_id) is not null
      group by a.employee_id, a.contractor_id
    ) x
    ${HERE}
    cross join lateral (
      select greatest(lower(days), h.start_date) as first, least(coalesce(upper(days) - 1, 'infinity'::date), h.end_date) as last from unnest(x.days) days
    ) d
    where d.first <= d.last
  )`;
}

/** Weeks that somebody has to hand in: in which they are here on a weekday. A week belongs to the stay that its Sunday is in, or the last day of who leaves in it. */
export const EXPECTED = `expected as materialized (
    select s.subject_id, sum(greatest(${mondays('k.last')} - ${mondays('(k.first - 1)')}, 0)) as weeks
    from weeks w cross join stay s
    cross join lateral (
      select greatest(w.from_day, s.first - 6, s.start_date - 4) as first,
        least(w.last_start, case when s.last >= s.end_date then s.end_date else s.last - 6 end) as last
    ) k
    group by s.subject_id
  )`;

const DAY = 'least(x.week_start + 6, h.end_date)';
const HERE_ON_WEEKDAY = 'h.start_date <= x.week_start + 4 and h.end_date >= x.week_start';
const LINES = `effort_line x on x.org_id = $1 and x.week_start >= w.from_day and x.week_start <= w.last_start`;

/** Part of a full-time week that a line is; the weeks of AI agents are whole ones. */
const EFFORT = `case when x.ai_agent_id is not null then x.fraction
      else x.fraction * coalesce(t.contracted_fte, 1) * (least(x.week_start + 4, h.end_date) - greatest(x.week_start, h.start_date) + 1) / 5 end`;

const TERMS = `left join employment_terms t on t.org_id = $1 and t.employee_id = x.employee_id
      and t.effective_from <= ${DAY} and (t.effective_to is null or t.effective_to >= ${DAY})`;

const COLUMNS = 'x.subject_id, x.week_start, x.category, x.project_id, x.work_item_id, x.fraction';

/** The lines of a stay `h`, looked up person by person: the planner would rather read everybody's. */
const OWN_LINES = `cross join lateral (
      select x.* from effort_line x where x.org_id = $1 and x.subject_id = h.subject_id and x.week_start >= w.from_day and x.week_start <= w.last_start offset 0
    ) x`;
const IN_STAY = `${HERE_ON_WEEKDAY} and h.first <= ${DAY} and h.last >= ${DAY}`;

/** The same of everybody: the lines of the weeks, of whomever they are; AI agents have no stay. */
const ALL_LINES = `cross join lateral (
      select x.* from effort_line x where x.org_id = $1 and x.week_start >= w.from_day and x.week_start <= w.last_start offset 0
    ) x
    left join stay h on h.subject_id = x.subject_id`;

/** Who is no AI agent: a condition on CTEs below. */
export const PERSON = `subject_id not like 'agt\\_%'`;

const IN_STAY_ON_TERMS = `${IN_STAY} and (t.employee_id is null or (t.effective_from <= ${DAY} and (t.effective_to is null or t.effective_to >= ${DAY})))`;

/** CTEs `worked`, the lines of stays, with `effort` in full-time weeks, and `handed_in`. Of everybody: also the lines of AI agents. */
export const workedInStays = (ofEverybody: boolean): string => `worked as materialized (
    select ${COLUMNS}, ${EFFORT} as effort
    from weeks w ${ofEverybody ? ALL_LINES : `cross join stay h ${OWN_LINES}`}
    left join employment_terms t on t.org_id = $1 and t.employee_id = h.subject_id
    where ${ofEverybody ? `x.ai_agent_id is not null or (${IN_STAY_ON_TERMS})` : IN_STAY_ON_TERMS}
  ),
  handed_in as materialized (select subject_id, count(distinct week_start) as weeks from worked where ${PERSON} group by subject_id)`;

/** CTE `worked`: the lines of a project, AI agents' included. */
export function workedOnProject(project: string): string {
  return `worked as materialized (
    select ${COLUMNS}, ${EFFORT} as effort
    from weeks w join ${LINES} and x.project_id = ${project}
    ${HERE}
    ${TERMS}
    where x.ai_agent_id is not null or (${HERE_ON_WEEKDAY})
  )`;
}

/** CTE `handed_in`: how many weeks of their stays each has handed in, whatever they were for. */
export const HANDED_IN = `handed_in as materialized (
    select x.subject_id, count(distinct x.week_start) as weeks from weeks w cross join stay h ${OWN_LINES} where ${IN_STAY} group by x.subject_id
  )`;

/** CTE `coverage`: how many of the weeks of stays were handed in. */
export const COVERAGE = `coverage as (
    select coalesce((select sum(weeks) from expected), 0) as expected, coalesce((select sum(weeks) from handed_in), 0) as submitted
  )`;

/** What answers about effort have in common: `period`, `weeks`, `coverage`. */
export const ABOUT = `json_build_object('from', w.from_day, 'to', w.to_day) as period, w.number as weeks,
    json_strip_nulls(json_build_object('expectedWeeks', coverage.expected, 'submittedWeeks', coverage.submitted,
      'rate', round(coverage.submitted::numeric / nullif(coverage.expected, 0), 4)::float8)) as coverage`;

const NUMBER = '(select number from weeks)';

/** How many of the weeks begin in a month, given as YYYY-MM. */
export const weeksOfMonth = (month: string): string => `(
      select ${mondays(`least(w.last_start, (m.first_day + interval '1 month')::date - 1)`)} - ${mondays('(greatest(w.from_day, m.first_day) - 1)')}
      from weeks w cross join (select to_date(${month}, 'YYYY-MM') as first_day) m)`;

/** FTE of a sum of `effort`: the mean of the weeks, or of so many of them. */
export const fte = (sum: string, weeks = NUMBER): string => `round(coalesce(${sum}, 0) / greatest(${weeks}, 1), 3)::float8`;

/** Part of the whole effort. */
export const share = (sum: string): string => `round(coalesce(${sum}, 0) / nullif((select sum(effort) from worked), 0), 4)::float8`;
