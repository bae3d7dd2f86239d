import type { EntityManager } from 'typeorm';
import { newId } from '../../database';
import type { ImportRun } from '../entity';
import type { Draft } from './record';

/**
 * A rate is in force from the row's day; without one, from the first day of a contractor who had no rate, else from the
 * day of changes. $1 organization · $2 the rates as JSON · $3 day of changes.
 */
const RATES = `with incoming as materialized (
    select r.* from jsonb_to_recordset($2::jsonb) as r(id text, contractor_id text, rate numeric(18, 4), rate_type text, currency text, day date)
  ),
  dated as materialized (
    select i.*, coalesce(i.day, (select greatest(c.start_date, $3::date) from rate_adjustment r where r.org_id = $1 and r.contractor_id = i.contractor_id limit 1), c.start_date) as from_day
    from incoming i cross join lateral (select start_date from contractor where org_id = $1 and id = i.contractor_id offset 0) c
  ),
  differing as materialized (
    select d.*, p.id as present_id, p.effective_date from dated d
    left join lateral (
      select * from rate_adjustment r where r.org_id = $1 and r.contractor_id = d.contractor_id and r.effective_date <= d.from_day
      order by r.effective_date desc limit 1
    ) p on true
    where (p.rate, p.rate_type, p.currency) is distinct from (d.rate, d.rate_type, d.currency)
  ),
  corrected as (
    update rate_adjustment r set rate = d.rate, rate_type = d.rate_type, currency = d.currency from differing d
    where r.org_id = $1 and r.id = d.present_id and d.effective_date = d.from_day
  ),
  added as (
    insert into rate_adjustment (org_id, id, contractor_id, effective_date, rate_type, rate, currency)
    select $1, d.id, d.contractor_id, d.from_day, d.rate_type, d.rate, d.currency from differing d
    where d.present_id is null or d.effective_date < d.from_day
  )
  select contractor_id as id from differing`;

/** @returns the contractors whose rate is another one now */
export async function contractorRates(db: EntityManager, run: ImportRun, part: readonly Draft[]): Promise<readonly string[]> {
  const { settings } = run.mapping;
  const rates = part.flatMap(({ row: { values }, columns }) => {
    const { rate, currency } = values;
    if (rate === undefined) return [];
    const type = values['rate type'] ?? settings['rate type'];
    const money = { rate, rate_type: type, currency: currency?.toUpperCase() ?? settings['currency'] };
    return [{ id: newId('rat'), contractor_id: columns['id'], ...money, day: values['rate date'] ?? null }];
  });
  if (rates.length === 0) return [];
  const day = settings['changes from'] === 'today' ? run.facts.today : settings['changes from'];
  const rows = await db.query<{ id: string }[]>(RATES, [run.organization.id, JSON.stringify(rates), day]);
  return rows.map(({ id }) => id);
}
