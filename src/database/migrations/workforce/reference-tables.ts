import { liveTable, protect, reference } from './live-table';

/** Code lists. A row that is no longer used is switched off, never deleted: history keeps reading it. */
export const REFERENCE_TABLES = [
  liveTable({
    name: 'geography',
    prefix: 'geo',
    columns: `
      name text not null check (name <> '' and length(name) <= 200),
      country_code text not null check (country_code ~ '^[A-Z]{2}$'),
      region text,
      time_zone text not null,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      cost_multiplier numeric(8, 4) not null default 1 check (cost_multiplier > 0),
      active boolean not null default true,
      unique (org_id, name) deferrable`,
  }),
  `create table live.holiday (
    org_id text not null,
    geography_id text not null,
    day date not null,
    name text not null,
    primary key (org_id, geography_id, day),
    ${reference('geography_id', 'geography')}
  );`,
  protect('holiday'),
  liveTable({
    name: 'job_role',
    prefix: 'role',
    columns: `title text not null check (title <> '' and length(title) <= 200), active boolean not null default true, unique (org_id, title) deferrable`,
  }),
  liveTable({
    name: 'work_type',
    prefix: 'wt',
    columns: `
      name text not null check (name <> '' and length(name) <= 200),
      overhead numeric(6, 4) not null default 0 check (overhead between 0 and 3), -- a fraction of base pay: 0.30
      active boolean not null default true,
      unique (org_id, name) deferrable`,
  }),
  liveTable({
    name: 'cost_centre',
    prefix: 'cc',
    columns: `
      code text not null check (code <> '' and length(code) <= 50),
      name text not null check (name <> '' and length(name) <= 200),
      active boolean not null default true,
      unique (org_id, code) deferrable`,
  }),
  liveTable({
    name: 'value_stream',
    prefix: 'vs',
    columns: `name text not null check (name <> '' and length(name) <= 200), active boolean not null default true, unique (org_id, name) deferrable`,
  }),
  liveTable({
    name: 'fx_rate',
    prefix: 'fx',
    columns: `
      from_currency text not null check (from_currency ~ '^[A-Z]{3}$'),
      to_currency text not null check (to_currency ~ '^[A-Z]{3}$' and to_currency <> from_currency),
      rate numeric(20, 10) not null check (rate > 0), -- one unit of from_currency in to_currency
      effective_from date not null,
      unique (org_id, from_currency, to_currency, effective_from) deferrable`,
  }),
].join('\n');
