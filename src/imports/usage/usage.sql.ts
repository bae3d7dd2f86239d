import type { EntityManager } from 'typeorm';
import { newId } from '../../database';
import { LOCK, type Written } from '../records/record-writer.sql';

export interface Account {
  readonly provider: string;
  readonly account: string;
  /** The person whose address it is. */
  readonly employeeId: string | null;
}

/** What a row says of a day; measures that the file does not have are absent. */
export interface UsageRow {
  readonly key: number;
  readonly provider: string;
  readonly account: string;
  readonly day: string;
  readonly system: string;
  readonly model: string;
  readonly currency: string;
  readonly input_tokens?: string;
  readonly cached_tokens?: string;
  readonly output_tokens?: string;
  readonly sessions?: string;
  readonly cost?: string;
}

export const MEASURES = ['input_tokens', 'cached_tokens', 'output_tokens', 'sessions', 'cost'] as const;
export type Measure = (typeof MEASURES)[number];

/** Accounts that are new, and those whose person has become known; a person who is set stays. $2 the accounts as JSON. */
const ENSURE_ACCOUNTS = `with incoming as materialized (select * from jsonb_populate_recordset(null::ai_account, $2::jsonb)),
  known as materialized (
    select i.id as new_id, i.provider, i.account, i.employee_id, t.id, t.employee_id as present from incoming i
    left join lateral (select id, employee_id from ai_account where org_id = $1 and provider = i.provider and account = i.account offset 0) t on true
  ),
  matched as (
    update ai_account t set employee_id = k.employee_id from known k
    where t.org_id = $1 and t.id = k.id and k.present is null and k.employee_id is not null returning t.id
  ),
  added as (
    insert into ai_account (org_id, id, provider, account, employee_id) select $1, new_id, provider, account, employee_id from known where id is null returning id
  )
  select (select count(*)::int from matched) as matched, (select count(*)::int from added) as added`;

export async function ensureAccounts(
  db: EntityManager,
  orgId: string,
  accounts: readonly Account[],
): Promise<{ matched: number; added: number }> {
  await db.query(LOCK, [orgId]);
  const rows = accounts.map(({ provider, account, employeeId }) => ({ id: newId('acc'), provider, account, employee_id: employeeId }));
  const [counts] = await db.query<{ matched: number; added: number }[]>(ENSURE_ACCOUNTS, [orgId, JSON.stringify(rows)]);
  return counts as { matched: number; added: number };
}

/** Days are summed up over their rows and take the place of what is there; a measure that the file does not have stays. */
export async function writeUsage(
  db: EntityManager,
  orgId: string,
  rows: readonly UsageRow[],
  measures: readonly Measure[],
): Promise<Written> {
  await db.query(LOCK, [orgId]);
  const [written] = await db.query<Written[]>(upsert(measures), [orgId, JSON.stringify(rows)]);
  return written as Written;
}

/** $1 organization · $2 the rows as JSON. A cost brings its currency along. */
function upsert(measures: readonly Measure[]): string {
  const columns = [...measures, ...(measures.includes('cost') ? ['currency'] : [])];
  const list = (alias: string): string => columns.map((column) => `${alias}.${column}`).join(', ');
  const cast = (column: string): string => (column === 'cost' ? 'numeric(18, 6)' : column === 'sessions' ? 'integer' : 'bigint');
  return `with incoming as materialized (
    select r.key, a.id as account_id, r.day, r.system, r.model, min(r.currency) as currency,
      ${measures.map((column) => `coalesce(sum(r.${column}), 0)::${cast(column)} as ${column}`).join(', ')}
    from jsonb_to_recordset($2::jsonb) as r(key integer, provider text, account text, day date, system text, model text, currency text,
      ${MEASURES.map((column) => `${column} numeric`).join(', ')})
    cross join lateral (select id from ai_account where org_id = $1 and provider = r.provider and account = r.account offset 0) a
    group by r.key, a.id, r.day, r.system, r.model
  ),
  known as materialized (
    select i.*, p.present, p.is_there from incoming i
    left join lateral (
      select true as is_there, row(${list('t')}) as present from ai_usage_day t
      where t.org_id = $1 and t.account_id = i.account_id and t.day = i.day and t.system = i.system and t.model = i.model offset 0
    ) p on true
  ),
  changed as (
    update ai_usage_day t set ${columns.map((column) => `${column} = k.${column}`).join(', ')} from known k
    where t.org_id = $1 and t.account_id = k.account_id and t.day = k.day and t.system = k.system and t.model = k.model
      and row(${list('k')}) is distinct from k.present
    returning k.key::text as id
  ),
  added as (
    insert into ai_usage_day (org_id, account_id, day, system, model, currency, ${measures.join(', ')})
    select $1, k.account_id, k.day, k.system, k.model, k.currency, ${measures.map((column) => `k.${column}`).join(', ')} from known k where k.is_there is null
    returning 1
  )
  select array(select key::text from known where is_there is null) as created, array(select id from changed) as changed`;
}
