import { projectAllocations, subjectsOfTeam, teamAllocations, teamOf } from './allocations.sql';
import { CLOCK, MANAGER, named } from './employees.sql';
import type { NamedList } from './named-list';

/** Under contract on the day. */
const ACTIVE = 'e.start_date <= clock.day and (e.end_date is null or e.end_date >= clock.day)';

/** The day whose facts describe a contractor: the last one of who has left, the first of who has yet to come. */
const COLUMNS = `greatest(e.start_date, least(clock.day, coalesce(e.end_date, clock.day))) as fact_day,
        case when e.end_date < clock.day then 'ended' when e.start_date > clock.day then 'future' else 'active' end as status`;

const RATE = `json_build_object('effectiveDate', r.effective_date, 'rateType', r.rate_type, 'rate', money_text(r.rate), 'currency', r.currency)`;

/** In force on the row's day. Hidden by the database from who may not see money. */
const CURRENT_RATE = `(
      select ${RATE} from rate_adjustment r where r.org_id = $1 and r.contractor_id = e.id and r.effective_date <= e.fact_day
      order by r.effective_date desc limit 1)`;

const TEAM = teamOf('contractor_id', 'e.fact_day');

const GENERAL = `'id', e.id, 'name', e.name, 'email', e.email, 'status', e.status, 'type', e.contractor_type, 'company', e.company_name,
    'startDate', e.start_date, 'endDate', e.end_date`;

/** $9 whether only those under contract on the day. */
export const CONTRACTORS: NamedList = {
  named: 'contractor',
  columns: COLUMNS,
  where: `(not $9::boolean or (${ACTIVE}))`,
  item: `json_build_object(${GENERAL}, 'team', ${TEAM}, 'manager', ${MANAGER}, 'rate', ${CURRENT_RATE},
    'jobRole', (select title from job_role where org_id = $1 and id = e.job_role_id),
    'geography', (select name from geography where org_id = $1 and id = e.geography_id))`,
  ofTeam: subjectsOfTeam('contractor_id'),
};

/** $1 organization · $2 day · $3 contractor */
export const CONTRACTOR_DETAILS = `
  with ${CLOCK},
  one as materialized (select e.*, clock.day, ${COLUMNS} from clock join contractor e on e.org_id = $1 and e.id = $3)
  select json_strip_nulls(json_build_object('asOf', e.day,
    'contractor', json_build_object(${GENERAL}, 'externalId', e.external_id,
      'jobRole', ${named('job_role', 'x.title', 'job_role_id')},
      'geography', ${named('geography', 'x.name', 'geography_id')},
      'costCentre', ${named('cost_centre', `x.code || ' ' || x.name`, 'cost_centre_id')}),
    'team', ${TEAM}, 'manager', ${MANAGER}, 'rate', ${CURRENT_RATE},
    'rateHistory', (select coalesce(json_agg(${RATE} order by r.effective_date desc), '[]') from rate_adjustment r where r.org_id = $1 and r.contractor_id = e.id),
    'allocations', ${teamAllocations('contractor_id', 'e.fact_day')},
    'projectAllocations', ${projectAllocations('contractor_id', 'e.fact_day')}
  )) as details
  from one e`;
