import { FOR_MANY } from '../costs';

/** $1 organization. */
export const SETTINGS = `
  select ${FOR_MANY},
    (clock_timestamp() at time zone time_zone)::date as today, fiscal_year_start_month as "fiscalYearStartMonth", reporting_currency as currency,
    min_group_size as "minGroupSize", live_rev::integer as "liveRev"
  from organization where id = $1`;

export interface Settings {
  readonly today: string;
  readonly fiscalYearStartMonth: number;
  readonly currency: string;
  readonly minGroupSize: number;
  readonly liveRev: number;
}
