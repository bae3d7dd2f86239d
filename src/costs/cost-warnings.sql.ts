import { type CostQuestion, costParts } from './cost-rows.sql';

/**
 * CTEs that end in `cost_warning (code, currency, count)`, for the same question; they stand after those of costRows.
 * FX_MISSING: people, contractors, vacancies or AI agents whose currency has no rate on some day, left out on these days.
 * SALARY_MISSING: the same for those without salary, rate or salary range. OVER_ALLOCATED: those whose allocations are
 * above what is paid for. TEAM_SHORTFALL: teams whose projects want more than their members have left.
 */
export function costWarnings(question: CostQuestion): string {
  const counted = (code: string, currency: string, what: string, condition: string, group = ''): string => `
    select '${code}' as code, ${currency} as currency, count(distinct ${what}) as count
    from (${costParts(question.split)}
    ) s
    left join work_type wt on wt.org_id = $1 and wt.id = s.work_type_id
    left join geography g on g.org_id = $1 and g.id = s.geography_id
    ${question.joins ?? ''}
    ${condition} and (${question.where ?? 'true'})
    ${group} having count(*) > 0`;
  return `cost_gap as materialized (
    select z.currency, coalesce(min(r.from_day) - 1, 'infinity') as until
    from (select distinct currency from cost_zone) z left join cost_rate r on r.currency = z.currency
    group by z.currency having coalesce(min(r.from_day), 'infinity') > (select w.from_day from cost_window w)
  ),
  cost_warning as (${[
    counted(
      'FX_MISSING',
      's.currency',
      's.subject_id',
      'join cost_gap on cost_gap.currency = s.currency where s.lo <= cost_gap.until',
      'group by s.currency',
    ),
    counted('SALARY_MISSING', 'null', 's.subject_id', 'where s.price_missing'),
    counted('OVER_ALLOCATED', 'null', 's.subject_id', 'where s.over_allocated'),
    ...(question.split === 'project' ? [counted('TEAM_SHORTFALL', 'null', 's.team_id', 'where s.short')] : []),
  ].join('\n    union all')}
  )`;
}
