import { costRows, costWarnings } from '../costs';
import { CLOCK, fiscalPeriods, named, type NamedList, VACANCY_STATUS } from '../workforce';

const OWNER = named('employee', `x.first_name || ' ' || x.last_name`, 'owner_id');
const GENERAL = `'id', e.id, 'name', e.name, 'status', e.status, 'lifecycleStage', e.lifecycle_stage, 'startDate', e.start_date, 'endDate', e.end_date`;
const VALUE_STREAM = named('value_stream', 'x.name', 'value_stream_id');

/** Allocations to the row `e` that run on its day. */
const RUNNING = `allocation a where a.org_id = $1 and a.target_project_id = e.id and a.start_date <= e.day and (a.end_date is null or a.end_date >= e.day)`;
/**
 * FTE of the row `e` on its day, as `allocated_fte` of query_analytics counts them: people, open vacancies, teams as a whole; no AI
 * agents. Whoever leaves is allocated to nothing from then on (an end cuts allocations off), so that nobody has to be looked up.
 */
export const ALLOCATED_FTE = `(
      select coalesce(sum(a.fte), 0)::float8 from ${RUNNING} and a.ai_agent_id is null
        and (a.vacancy_id is null or (select ${VACANCY_STATUS} = 'open' from clock join vacancy e on e.org_id = $1 and e.id = a.vacancy_id)))`;
const NOT_ENDED = `allocation a where a.org_id = $1 and a.target_project_id = e.id and (a.end_date is null or a.end_date >= e.day)`;

/** Who or what an allocation `a` is of: the prefix of the id says which. */
export const SUBJECT = `json_build_object('id', coalesce(a.employee_id, a.contractor_id, a.vacancy_id, a.ai_agent_id, a.team_id), 'name', coalesce(
      (select x.first_name || ' ' || x.last_name from employee x where x.org_id = $1 and x.id = a.employee_id),
      (select x.name from contractor x where x.org_id = $1 and x.id = a.contractor_id),
      (select x.role from vacancy x where x.org_id = $1 and x.id = a.vacancy_id),
      (select x.name from ai_agent x where x.org_id = $1 and x.id = a.ai_agent_id),
      (select x.name from team x where x.org_id = $1 and x.id = a.team_id)))`;

/** $9 stage · $10 status · $11 owner · $12 value stream */
export const PROJECTS: NamedList = {
  named: 'project',
  where: `($9::text is null or e.lifecycle_stage = $9) and ($10::text is null or e.status = $10)
        and ($11::text is null or e.owner_id = $11) and ($12::text is null or e.value_stream_id = $12)`,
  item: `json_build_object(${GENERAL}, 'owner', ${OWNER}, 'valueStream', ${VALUE_STREAM},
    'allocatedFte', ${ALLOCATED_FTE})`,
};

/** Projects of one owner or value stream: few of all. */
export const OF_ONE = `select id from project
    where org_id = $1 and ($11::text is null or owner_id = $11) and ($12::text is null or value_stream_id = $12)`;

/** How many allocations of a project are shown. */
const SHOWN = 50;

/** $1 organization · $2 day · $3 project. Estimated cost and budget are left out by the service for who may not read them. */
export const PROJECT_DETAILS = `
  with ${CLOCK},
  one as materialized (select e.*, clock.day from clock join project e on e.org_id = $1 and e.id = $3)
  select json_strip_nulls(json_build_object('asOf', e.day,
    'project', json_build_object(${GENERAL}, 'externalId', e.external_id, 'description', e.description, 'valueStream', ${VALUE_STREAM},
      'costCentre', ${named('cost_centre', `x.code || ' ' || x.name`, 'cost_centre_id')}, 'capexClass', e.capex_class),
    'owner', ${OWNER},
    'totals', (
      select json_build_object('allocations', count(*), 'allocatedFte', ${ALLOCATED_FTE},
        'people', count(distinct coalesce(a.employee_id, a.contractor_id)) filter (where a.start_date <= e.day),
        'teams', count(distinct a.team_id) filter (where a.start_date <= e.day))
      from ${NOT_ENDED}),
    'allocations', (
      select coalesce(json_agg(json_build_object('id', a.id, 'subject', ${SUBJECT}, 'fte', a.fte::float8, 'startDate', a.start_date, 'endDate', a.end_date)
        order by a.start_date, a.id), '[]')
      from (select a.* from ${NOT_ENDED} order by a.start_date, a.id limit ${SHOWN}) a),
    'estimatedCost', case when e.estimated_cost is not null then json_build_object('amount', money_text(e.estimated_cost), 'currency', e.currency) end,
    'budget', (
      select json_build_object('id', b.id, 'amount', money_text(b.amount), 'currency', b.currency, 'period', b.period, 'effectiveDate', b.effective_date)
      from budget b where b.org_id = $1 and b.scope = 'project' and b.project_id = e.id and b.effective_date <= e.day order by b.effective_date desc limit 1)
  )) as details
  from one e`;

const QUESTION = { split: 'project', keys: {}, where: 's.project_id = $3' } as const;

/**
 * $1 organization · $2 day · $3 project. One row: what it costs in the fiscal year of the day, of that until the day, and
 * from first to last day where both are known.
 */
export const PROJECT_COST = `
  with ${CLOCK},
  year as materialized (select p.* from clock cross join lateral (${fiscalPeriods('clock.day')}) p where p.period = 'fiscal_year'),
  bucket as materialized (
    select 'fiscalYear' as key, from_day, to_day from year
    union all select 'fiscalYearToDate', from_day, clock.day from year cross join clock
    union all select 'whole', p.start_date, p.end_date from project p where p.org_id = $1 and p.id = $3 and p.end_date - p.start_date between 0 and 3660
  ),
  ${costRows(QUESTION)},
  ${costWarnings(QUESTION)}
  select o.reporting_currency as currency,
    (select json_object_agg(b.key, json_build_object('from', b.from_day, 'to', b.to_day, 'amount', cost_text(coalesce(cost.total, 0))))
      from bucket b left join cost on cost.bucket = b.key) as amounts,
    (select coalesce(json_agg(w), '[]') from cost_warning w) as warnings
  from organization o where o.id = $1`;
