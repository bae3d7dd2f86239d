import { type CostQuestion, costRows, costWarnings } from '../costs';

const QUESTION: CostQuestion = {
  split: 'team',
  keys: { subject_id: 's.subject_id' },
  where: 's.subject_id = any (array(select distinct subject_id from worked))',
};

/** CTEs after `worked`: `spent`, its lines with their part of what the week of who worked cost, and the warnings of these costs. */
export const SPENT = `bucket as materialized (select distinct week_start as key, week_start as from_day, week_start + 6 as to_day from worked),
  ${costRows(QUESTION)},
  ${costWarnings(QUESTION)},
  spent as materialized (
    select w.*, w.fraction * c.total as cost from worked w left join cost c on c.bucket = w.week_start and c.subject_id = w.subject_id
  )`;

/** The same columns for who may not see money. */
export const UNPRICED = 'spent as (select w.*, null::numeric as cost from worked w)';

/** Columns about money of one row. */
export function moneyColumns(priced: boolean): string {
  if (!priced) return `null as money`;
  return `json_build_object('currency', o.reporting_currency, 'amount', cost_text(coalesce((select sum(cost) from spent), 0)),
      'warnings', (select coalesce(json_agg(w), '[]') from cost_warning w)) as money`;
}
