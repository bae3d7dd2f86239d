import type { Entity } from '../entities';

/** A rule of live data as a query over a scenario: who breaks it, by which column. $1 organization · `changed` the rows that changed. */
export interface Rule {
  readonly entity: Entity;
  readonly sql: string;
}

/** A foreign key: `column` of `child` names a row of `parent`. */
export interface ForeignKey {
  readonly child: string;
  readonly column: string;
  readonly parent: string;
}

export interface UniqueIndex {
  readonly table: Entity;
  readonly expressions: readonly string[];
  readonly predicate: string | null;
  readonly nullsEqual: boolean;
}

/** Which foreign keys there are between tables that belong to an organization, and what is unique in what scenarios can change. */
export const FOREIGN_KEYS = `
  select child.relname as child, a.attname as column, parent.relname as parent
  from pg_constraint c
  join pg_class child on child.oid = c.conrelid join pg_class parent on parent.oid = c.confrelid
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
  where c.contype = 'f' and c.connamespace = 'live'::regnamespace and parent.relnamespace = c.connamespace and array_length(c.conkey, 1) = 2
  order by 1, 2`;

export const UNIQUE_INDEXES = `
  select t.relname as table, pg_get_expr(i.indpred, i.indrelid) as predicate, i.indnullsnotdistinct as "nullsEqual",
    array(select pg_get_indexdef(i.indexrelid, n, false) from generate_series(2, i.indnkeyatts) n) as expressions
  from pg_index i join pg_class t on t.oid = i.indrelid
  where t.relnamespace = 'live'::regnamespace and i.indisunique and not i.indisprimary and t.relname = any ($1)
    and pg_get_indexdef(i.indexrelid, 2, false) <> 'external_id'
  order by i.indexrelid`;

/** All rules of an entity. Its rows are looked up once: each look into a table makes the list anew of what the scenario hides of it. $1 organization · $2 ids of the rows that changed. */
export const rulesOf = (entity: Entity, rules: readonly string[]): string => `
  with changed as materialized (select x.* from ${entity} x where x.org_id = $1 and x.id = any ($2))
  ${rules.join('\n  union all')}`;

/** Of all keys of one child. */
export function referenceRule(keys: readonly ForeignKey[]): string {
  const missing = keys.map(
    ({ column, parent }) =>
      `('${column}', r.${column} is not null and not exists (select from ${parent} p where p.org_id = $1 and p.id = r.${column}))`,
  );
  return `
  select r.id, x.field, 'missing' as rule from changed r cross join lateral (values ${missing.join(', ')}) x (field, missing)
  where x.missing`;
}

/** Effort has one index for its three kinds of people. */
const ASKED_BY = (child: string, column: string): string => (child === 'effort_line' && column !== 'project_id' ? 'subject_id' : column);

/** $2 ids of rows that were deleted. */
export const inUseRule = ({ child, column }: ForeignKey): string => `
  select distinct c.${column} as id, '${child}' as field, 'in_use' as rule from ${child} c
  where c.org_id = $1 and c.${ASKED_BY(child, column)} = any ($2) and c.${column} is not null`;

/** What tools call a column that they give another name. */
const ASKED_AS: Readonly<Record<string, string>> = { effective_from: 'effective_date' };

/** Of several columns the last is what a caller chooses anew; those before it say whose row it is. */
export function uniqueRule({ table, expressions, predicate, nullsEqual }: UniqueIndex): string {
  const keys = expressions.map((expression, index) => `${expression} as k${index}`).join(', ');
  const where = predicate === null ? '' : `and (${predicate})`;
  const equal = expressions.map((_, n) =>
    nullsEqual ? `(o.k${n} = r.k${n} or o.k${n} is null and r.k${n} is null)` : `o.k${n} = r.k${n}`,
  );
  const field = expressions.filter((expression) => /^\w+$/.test(expression)).at(-1) ?? '';
  return `
  select r.id, '${ASKED_AS[field] ?? field}' as field, 'taken' as rule
  from (select id, ${keys} from changed where org_id = $1 ${where}) r
  join (select id, ${keys} from ${table} where org_id = $1 ${where}) o on o.id <> r.id and ${equal.join(' and ')}`;
}

/** Rules that the live tables hold by triggers (migrations/workforce/rules.ts). */
export const OTHER_RULES: readonly Rule[] = [
  {
    entity: 'employee',
    sql: `
  select e.id, 'email' as field, 'taken' as rule from changed e
  where e.email is not null and exists (
    select from search_term s join employee o on o.org_id = $1 and o.id = s.subject_id
    where s.org_id = $1 and s.kind = 'employee.email' and s.term = lower(e.email) and s.subject_id <> e.id
      and o.start_date <= coalesce(e.end_date, 'infinity') and coalesce(o.end_date, 'infinity') >= e.start_date)`,
  },
  {
    entity: 'employee',
    sql: `
  select e.id, 'startDate' as field, 'uncovered' as rule from changed e
  where not exists (select from employment_terms t where t.org_id = $1 and t.employee_id = e.id and t.effective_from <= e.start_date)`,
  },
  {
    entity: 'employment_terms',
    sql: `
  select x.employee_id as id, 'effectiveDate' as field, 'uncovered' as rule from (
    select t.employee_id, t.effective_to, lead(t.effective_from) over (partition by t.employee_id order by t.effective_from) as next_from
    from employment_terms t
    where t.org_id = $1 and t.employee_id in (select c.employee_id from changed c)) x
  where x.next_from is distinct from x.effective_to + 1`,
  },
  {
    entity: 'employment_terms',
    sql: `
  select e.id, 'effectiveDate' as field, 'uncovered' as rule from employee e
  where e.org_id = $1 and e.id in (select c.employee_id from changed c)
    and not exists (select from employment_terms t where t.org_id = $1 and t.employee_id = e.id and t.effective_from <= e.start_date)`,
  },
  {
    entity: 'employment_terms',
    sql: `
  select c.employee_id as id, 'managerId' as field, 'circle' as rule from changed c
  where c.manager_id is not null
    and exists (select from employment_terms t where t.org_id = $1 and t.manager_id = c.employee_id)
    and exists (
      with recursive up (manager_id, first_day, last_day) as (
        select c.manager_id, c.effective_from, coalesce(c.effective_to, 'infinity')
        union
        select t.manager_id, greatest(up.first_day, t.effective_from), least(up.last_day, coalesce(t.effective_to, 'infinity'))
        from up join employment_terms t on t.org_id = $1 and t.employee_id = up.manager_id
        where t.manager_id is not null and up.manager_id <> c.employee_id
          and t.effective_from <= up.last_day and coalesce(t.effective_to, 'infinity') >= up.first_day)
      select from up where manager_id = c.employee_id)`,
  },
  {
    entity: 'team',
    sql: `
  select c.id, 'parentTeamId' as field, 'circle' as rule from changed c
  where c.parent_team_id is not null and exists (
    with recursive up (id) as (
      select c.parent_team_id
      union
      select t.parent_team_id from up join team t on t.org_id = $1 and t.id = up.id where up.id <> c.id)
    select from up where id = c.id)`,
  },
];
