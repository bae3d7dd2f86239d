/**
 * The rows of an organization of $2 people, statement by statement: 36 months of history before today. All follow from the
 * row's number, so the same size gives the same organization each time.
 */
const PLACES = 12;
const JOBS = 200;
const COST_CENTRES = 50;
const STREAMS = 20;
const HISTORY = 1095;

/** Functions of the session. Names and skills are not spread evenly: `skewed` draws small numbers oftener. */
export const FUNCTIONS = [
  `create function pg_temp.id(prefix text, number bigint) returns text language sql immutable as $$
     select prefix || '_' || translate(lpad(to_hex(number), 12, '0'), '0123456789', 'ghijklmnop') $$`,
  `create function pg_temp.skewed(beyond integer) returns integer language sql volatile as $$
     select floor(power(random(), 2) * beyond)::integer $$`,
  `create function pg_temp.word(number integer) returns text language sql immutable as $$
     select initcap(
       (array['ba','ko','mi','ran','ste','lu','vor','an','pe','dal','gri','so','tem','har','ji','ulm','fen','cla','wo','zed'])[number % 20 + 1] ||
       (array['na','lin','ro','ka','ster','vi','mo','dra','sel','tin'])[number / 20 % 10 + 1] ||
       (array['','s','ski','son','er','etti','ov','ez','a','el'])[number / 200 % 10 + 1]) $$`,
  `create function pg_temp.hired(person integer) returns date language sql stable as $$ select current_date - 60 - person * 7 % 3600 $$`,
  `create function pg_temp.gone(person integer) returns date language sql stable as $$
     select case when person % 20 = 0 then greatest(pg_temp.hired(person) + 30, current_date - person % 900) end $$`,
  `create function pg_temp.currency(place integer) returns text language sql immutable as $$
     select (array['EUR', 'EUR', 'USD', 'GBP', 'PLN', 'EUR'])[place % 6 + 1] $$`,
];

const TEAMS = 'greatest(10, $2::integer / 20)';
const PROJECTS = 'greatest(20, $2::integer * 3 / 100)';

const project = (number: string): string => `pg_temp.id('prj', (${number}) % ${PROJECTS} + 1)`;
const team = (number: string): string => `pg_temp.id('team', (${number}) % ${TEAMS} + 1)`;

const CODE_LISTS = [
  `insert into geography (org_id, id, name, country_code, time_zone, currency, cost_multiplier)
     select $1, pg_temp.id('geo', i), 'Place ' || i, (array['DE', 'US', 'GB', 'PL'])[i % 4 + 1], 'Europe/Berlin', pg_temp.currency(i), 1 from generate_series(1, ${PLACES}) i`,
  `insert into holiday (org_id, geography_id, day, name)
     select distinct on (i, day) $1, pg_temp.id('geo', i), day, 'Holiday' from generate_series(1, ${PLACES}) i,
       lateral (select current_date - ${HISTORY} + n * 31 + i as day from generate_series(0, 70) n) d`,
  `insert into job_role (org_id, id, title) select $1, pg_temp.id('role', i), 'Job ' || i from generate_series(1, ${JOBS}) i`,
  `insert into work_type (org_id, id, name, overhead) select $1, pg_temp.id('wt', i), 'Work type ' || i, 0.1 * i from generate_series(1, 3) i`,
  `insert into cost_centre (org_id, id, code, name) select $1, pg_temp.id('cc', i), 'CC' || i, 'Centre ' || i from generate_series(1, ${COST_CENTRES}) i`,
  `insert into value_stream (org_id, id, name) select $1, pg_temp.id('vs', i), 'Stream ' || i from generate_series(1, ${STREAMS}) i`,
  `insert into fx_rate (org_id, id, from_currency, to_currency, rate, effective_from)
     select $1, pg_temp.id('fx', n * 8 + q), (array['USD', 'GBP', 'PLN'])[n], 'EUR', (array[0.92, 1.17, 0.23])[n] * (1 + 0.01 * (q % 3)), current_date - 92 * q
     from generate_series(1, 3) n, generate_series(0, 7) q
     union all
     select $1, pg_temp.id('fx', 1000 + n), (array['USD', 'GBP', 'PLN'])[n], 'EUR', (array[0.9, 1.15, 0.22])[n], '2010-01-01' from generate_series(1, 3) n`,
];

const PEOPLE = [
  `insert into employee (org_id, id, first_name, last_name, email, start_date, end_date, skills, external_id)
     select $1, pg_temp.id('emp', i), first, last, lower(first || '.' || last || i || '@bench.example'), pg_temp.hired(i), pg_temp.gone(i), skills, 'E' || i
     from (select i, pg_temp.word(pg_temp.skewed(300)) as first, pg_temp.word(200 + pg_temp.skewed(1800)) as last,
         (select array_agg(distinct 'Skill ' || pg_temp.skewed(150)) from generate_series(1, 3 + i % 4)) as skills
       from generate_series(1, $2::integer) i) person`,
  // Half of those who are there for long changed their job 540 days ago.
  `insert into employment_terms (org_id, id, employee_id, effective_from, effective_to, manager_id, job_role_id, work_type_id, geography_id, cost_centre_id, contracted_fte)
     select $1, pg_temp.id('trm', i * 2 + n), pg_temp.id('emp', i), case n when 0 then pg_temp.hired(i) else current_date - 540 end,
       case when n = 0 and changes then current_date - 541 end, case when i > 1 then pg_temp.id('emp', i / 8 + 1) end, pg_temp.id('role', (i + n) % ${JOBS} + 1),
       pg_temp.id('wt', i % 3 + 1), pg_temp.id('geo', i % ${PLACES} + 1), pg_temp.id('cc', i % ${COST_CENTRES} + 1), case when i % 12 = 5 then 0.8 else 1 end
     from generate_series(1, $2::integer) i, generate_series(0, 1) n,
       lateral (select i % 2 = 0 and pg_temp.hired(i) < current_date - 600 as changes) c where n = 0 or changes`,
  `insert into salary_adjustment (org_id, id, employee_id, effective_date, annual_salary, annual_bonus, currency)
     select $1, pg_temp.id('sal', i::bigint * 4 + n), pg_temp.id('emp', i), day, 40000 + i % 700 * 100 + n * 1500, i % 5 * 1000, pg_temp.currency(i % ${PLACES} + 1)
     from generate_series(1, $2::integer) i, generate_series(0, 3) n,
       lateral (select case n when 0 then pg_temp.hired(i) else current_date - 365 * (3 - n) - 30 end as day) d where n = 0 or day > pg_temp.hired(i)`,
];

const STRUCTURE = [
  `insert into team (org_id, id, name, team_type, parent_team_id, manager_id, cost_centre_id)
     select $1, pg_temp.id('team', i), pg_temp.word(i % 2000) || ' ' || i, 'team', case when i > 5 then pg_temp.id('team', i / 6 + 1) end,
       pg_temp.id('emp', i), pg_temp.id('cc', i % ${COST_CENTRES} + 1) from generate_series(1, ${TEAMS}) i`,
  `insert into project (org_id, id, name, status, lifecycle_stage, owner_id, value_stream_id, cost_centre_id, capex_class, estimated_cost, currency, start_date, end_date, external_id)
     select $1, pg_temp.id('prj', i), pg_temp.word(i * 7 % 2000) || ' ' || pg_temp.word(i * 3 % 2000) || ' ' || i,
       (array['active', 'completed', 'planning', 'active', 'on_hold'])[i % 5 + 1], (array['in_progress', 'completed', 'approved', 'in_progress', 'blocked'])[i % 5 + 1],
       case when i % 40 > 0 then pg_temp.id('emp', i) end, pg_temp.id('vs', i % ${STREAMS} + 1), pg_temp.id('cc', i % ${COST_CENTRES} + 1),
       (array['capex', 'opex', 'none'])[i % 3 + 1], 200000, 'EUR', current_date - 900 + i * 13 % 600, current_date - 200 + i * 11 % 900, 'P' || i
     from generate_series(1, ${PROJECTS}) i`,
  `insert into budget (org_id, id, scope, team_id, cost_centre_id, project_id, amount, period, currency, effective_date)
     select $1, pg_temp.id('bud', 1), 'org', null, null, null, $2::integer::bigint * 80000, 'fiscal_year', 'EUR', current_date - ${HISTORY}
     union all select $1, pg_temp.id('bud', 1000 + i * 2 + n), 'team', pg_temp.id('team', i), null, null, 1600000, 'fiscal_year', 'EUR', current_date - 365 * (n + 1)
       from generate_series(1, ${TEAMS}) i, generate_series(0, 1) n
     union all select $1, pg_temp.id('bud', 100000 + i), 'cost_centre', null, pg_temp.id('cc', i), null, $2::integer * 1600, 'fiscal_year', 'EUR', current_date - ${HISTORY}
       from generate_series(1, ${COST_CENTRES}) i
     union all select $1, pg_temp.id('bud', 200000 + i), 'project', null, null, pg_temp.id('prj', i), 50000 + i % 10 * 300000, 'fiscal_year', 'EUR', current_date - 400
       from generate_series(1, ${PROJECTS}) i`,
];

const STAFFING = [
  `insert into contractor (org_id, id, name, email, contractor_type, manager_id, job_role_id, geography_id, cost_centre_id, start_date, end_date, external_id)
     select $1, pg_temp.id('con', i), pg_temp.word(i * 3 % 2000) || ' ' || pg_temp.word(i * 11 % 2000), 'c' || i || '@partners.example',
       (array['individual', 'company'])[i % 2 + 1], pg_temp.id('emp', i), pg_temp.id('role', i % ${JOBS} + 1), pg_temp.id('geo', i % ${PLACES} + 1),
       pg_temp.id('cc', i % ${COST_CENTRES} + 1), current_date - 100 - i * 17 % 900, case when i % 3 = 0 then current_date - 90 + i % 400 end, 'C' || i
     from generate_series(1, $2::integer / 50) i`,
  `insert into rate_adjustment (org_id, id, contractor_id, effective_date, rate_type, rate, currency)
     select $1, pg_temp.id('rat', i * 2 + n), pg_temp.id('con', i), current_date - 100 - i * 17 % 900 + n * 90, (array['hourly', 'daily', 'monthly'])[i % 3 + 1],
       (array[80, 600, 11000])[i % 3 + 1] + n * 5, 'EUR' from generate_series(1, $2::integer / 50) i, generate_series(0, 1) n`,
  `insert into vacancy (org_id, id, role, status, target_start_date, job_role_id, work_type_id, geography_id, salary_min, salary_max, currency, hiring_manager_id)
     select $1, pg_temp.id('vac', i), 'Job ' || (i % ${JOBS} + 1), (array['open', 'open', 'on_hold', 'cancelled'])[i % 4 + 1], current_date - 60 + i % 200,
       pg_temp.id('role', i % ${JOBS} + 1), pg_temp.id('wt', 1), pg_temp.id('geo', i % ${PLACES} + 1), 50000, 70000, 'EUR', pg_temp.id('emp', i)
     from generate_series(1, $2::integer / 100) i`,
  `insert into ai_agent (org_id, id, name, provider, seats, monthly_per_seat_price, currency, start_date)
     select $1, pg_temp.id('agt', i), 'Agent ' || pg_temp.word(i % 2000) || ' ' || i, (array['Anthropic', 'OpenAI', 'Cursor'])[i % 3 + 1], 10 + i % 90, 40, 'USD', current_date - i % 700
     from generate_series(1, greatest(2, $2::integer / 500)) i`,
];

/** About four per person: a team for all, a former one for two in five, and three projects one after the other and side by side. */
const ALLOCATIONS = [
  `insert into allocation (org_id, id, employee_id, target_team_id, target_project_id, fte, start_date, end_date, is_primary)
     select $1, pg_temp.id('alc', i::bigint * 8 + n), pg_temp.id('emp', i), case when n < 2 then ${team('i + n * 7')} end, case when n > 1 then ${project('i * 5 + n * 31')} end,
       case when n < 2 then 1 when n = 4 and i % 97 = 0 then 0.9 else 0.35 end, first, last, n < 2
     from generate_series(1, $2::integer) i, generate_series(0, 5) n,
     lateral (select greatest(pg_temp.hired(i), current_date - (array[4000, 400, 1000, 700, 330, 45])[n + 1]) as first,
       least(pg_temp.gone(i), (array[case when i % 5 < 2 then current_date - 401 end, null, current_date - 701, current_date - 331, current_date + 100, null])[n + 1]) as last) d
     where (n <> 1 or i % 5 < 2) and (last is null or last > first) and not (n = 0 and i % 5 < 2 and pg_temp.hired(i) >= current_date - 401)
       and (n < 4 or i % 10 < 7)`,
  `insert into allocation (org_id, id, contractor_id, vacancy_id, ai_agent_id, team_id, target_team_id, target_project_id, fte, start_date, is_primary)
     select $1, pg_temp.id('alc', 10000000 + i), pg_temp.id('con', i), null, null, null, ${team('i * 3')}, null, 1, current_date - 100, true from generate_series(1, $2::integer / 50) i
     union all select $1, pg_temp.id('alc', 20000000 + i), null, pg_temp.id('vac', i), null, null, ${team('i * 5')}, null, 1, current_date - 60, true from generate_series(1, $2::integer / 100) i
     union all select $1, pg_temp.id('alc', 30000000 + i), null, null, pg_temp.id('agt', i), null, ${team('i * 7')}, null, 1, current_date - 60, true
       from generate_series(1, greatest(2, $2::integer / 500)) i
     union all select $1, pg_temp.id('alc', 40000000 + i), null, null, null, ${team('i * 20')}, null, ${project('i * 11')}, 3, current_date - 300, false
       from generate_series(1, greatest(1, $2::integer / 400)) i`,
];

/** Every twentieth person hands in effort, every tenth has an AI account; one account in fifty matches nobody. */
const ACTUALS = [
  `insert into work_item (org_id, id, source, key, title, project_id)
     select $1, pg_temp.id('wi', i), 'jira', 'W-' || i, 'Item ' || i, case when i % 5 > 0 then ${project('i')} end from generate_series(1, $2::integer / 10) i`,
  `insert into effort_line (org_id, employee_id, week_start, line, category, project_id, work_item_id, fraction, source)
     select $1, pg_temp.id('emp', i * 20 - 1), week, line, (array['project', 'non_project', 'unlinked'])[line], case line when 1 then ${project('(i * 20 - 1) * 5 + 124')} end,
       case line when 3 then pg_temp.id('wi', i * 2 - i * 2 % 5 + 5) end, case line when 1 then 0.6 else 0.4 end, 'jira'
     from generate_series(1, $2::integer / 20) i, lateral (select (date_trunc('week', current_date) - n * interval '7 days')::date as week, n from generate_series(1, 156) n) w,
       generate_series(1, 3) line where (n + i) % 12 > 0 and week >= pg_temp.hired(i * 20 - 1) and line <> 2 + (n + i) % 2`,
  `insert into ai_account (org_id, id, provider, account, employee_id)
     select $1, pg_temp.id('acc', i), (array['Cursor', 'Anthropic', 'OpenAI', 'GitHub'])[i % 4 + 1], 'a' || i || '@bench.example', case when i % 50 > 0 then pg_temp.id('emp', i * 10) end
     from generate_series(1, $2::integer / 10) i`,
  `insert into ai_usage_day (org_id, account_id, day, system, model, input_tokens, output_tokens, sessions, cost, currency)
     select $1, pg_temp.id('acc', i), day, (array['Cursor', 'Claude Code', 'ChatGPT', 'GitHub Copilot'])[i % 4 + 1], 'm' || i % 3, 1000 * (i % 900), 100 * (i % 900), 1 + i % 7, 0.01 * (i % 900), 'USD'
     from generate_series(1, $2::integer / 10) i, lateral (select current_date - n * 7 - i % 7 as day from generate_series(1, 156) n) d`,
];

const SEARCH_TERMS = [
  `insert into search_term (org_id, kind, term, sort_key, subject_id)
     select e.org_id, t.kind, t.term, t.sort_key, e.id from employee e cross join lateral platform.employee_terms(e.first_name, e.last_name, e.email, e.skills) t
     where e.org_id = $1 on conflict do nothing`,
  ...(
    [
      ['team', 'name', 'null'],
      ['contractor', 'name', 'x.email'],
      ['vacancy', 'role', 'null'],
      ['project', 'name', 'null'],
      ['ai_agent', 'name', 'null'],
    ] as const
  ).map(
    ([table, name, email]) => `insert into search_term (org_id, kind, term, sort_key, subject_id)
     select x.org_id, t.kind, t.term, t.sort_key, x.id from ${table} x cross join lateral platform.named_terms('${table}', x.${name}, ${email}) t
     where x.org_id = $1 on conflict do nothing`,
  ),
];

export const STATEMENTS: readonly (readonly [string, readonly string[]])[] = [
  ['code lists', CODE_LISTS],
  ['people', PEOPLE],
  ['teams, projects, budgets', STRUCTURE],
  ['contractors, vacancies, agents', STAFFING],
  ['allocations', ALLOCATIONS],
  ['effort and AI usage', ACTUALS],
  ['search terms', SEARCH_TERMS],
];
