import { type CostQuestion, costParts, TOUCHES } from './cost-rows.sql';

/** A team's draws are nobody's: a condition on a person, place … leaves them out. */
const SHORT_DRAWS = `
    select ${['subject_id', 'resource_type', 'geography_id', 'job_role_id', 'work_type_id', 'cost_centre_id', 'manager_id']
      .map((name) => `null::text as ${name}`)
      .join(', ')}, d.team_id, d.project_id, d.from_day as lo
    from cost_draw d where d.org_id = $1 and d.short and ${TOUCHES('d')}`;

const FLAG = 's.subject_id, s.price_missing, s.over_allocated';

const counted = (code: string, what: string): string => `select '${code}', null, count(distinct ${what}) as count`;

/**
 * CTEs that end in `cost_warning (code, currency, count)`, for the same question; they stand after those of costRows.
 * FX_MISSING: people, contractors, vacancies or AI agents whose currency has no rate on some day, left out on these days.
 * SALARY_MISSING: the same for those without salary, rate or salary range. OVER_ALLOCATED: those whose allocations are
 * above what is paid for. TEAM_SHORTFALL: teams whose projects want more than their members have left.
 */
export function costWarnings(question: CostQuestion): string {
  const gap = 'join cost_gap on cost_gap.currency = s.currency and s.lo <= cost_gap.until';
  return `cost_gap as materialized (
    select r.currency, r.to_day as until from cost_rate r where r.rate is null and r.to_day >= (select w.from_day from cost_window w)
  ),
  cost_flag as materialized (
    select ${FLAG} from ${costParts(question, FLAG)} and (s.price_missing or s.over_allocated)
  ),
  cost_warning as (
    select 'FX_MISSING' as code, s.currency, count(distinct s.subject_id) as count
    from ${costParts({ ...question, joins: `${question.joins ?? ''} ${gap}` }, 's.subject_id')}
      and (select count(*) from cost_gap) > 0
    group by s.currency
    union all
    ${counted('SALARY_MISSING', 'subject_id')} from cost_flag where price_missing having count(*) > 0
    union all
    ${counted('OVER_ALLOCATED', 'subject_id')} from cost_flag where over_allocated having count(*) > 0
    ${question.split === 'project' ? `union all ${teamShortfall(question)}` : ''}
  )`;
}

function teamShortfall({ joins, where }: CostQuestion): string {
  return `${counted('TEAM_SHORTFALL', 's.team_id')}
    from (${SHORT_DRAWS}
    ) s
    left join work_type wt on wt.org_id = $1 and wt.id = s.work_type_id
    left join geography g on g.org_id = $1 and g.id = s.geography_id
    ${joins ?? ''}
    where (${where ?? 'true'}) having count(*) > 0`;
}
