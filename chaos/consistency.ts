import { MARK } from './planner';
import type { Inspect } from './stage';

/** Each query finds what one transaction alone could never leave behind. */
const HALF_WRITES: Readonly<Record<string, string>> = {
  'a used refresh token whose successor is missing': `select t.grant_id from refresh_token t
    left join refresh_token s on s.hash = t.successor_hash and s.realm = t.realm and s.grant_id = t.grant_id and s.seq = t.seq + 1
    where t.used_at is not null and s.hash is null`,
  'an unused refresh token with a successor': 'select grant_id from refresh_token where used_at is null and successor_hash is not null',
  'a family without exactly one live token, its newest': `select grant_id from refresh_token group by grant_id
    having count(*) filter (where used_at is null) <> 1 or max(seq) filter (where used_at is null) <> max(seq)`,
  'a family with a gap': 'select grant_id from refresh_token group by grant_id having min(seq) <> 1 or max(seq) <> count(*)',
  'a used code without tokens, or tokens without a used code': `select c.grant_id from authorization_code c
    where (c.used_at is not null) <> exists (select from refresh_token r where r.grant_id = c.grant_id)`,
  'a connection without exactly one code': `select g.id from oauth_grant g left join authorization_code c on c.grant_id = g.id
    group by g.id having count(c.code_hash) <> 1`,
  'tokens of a connection that nobody came for': `select g.id from oauth_grant g join refresh_token r on r.grant_id = g.id
    where g.last_used_at is null`,
  'an approval without its connection, or the other way round': `select client_id from
    (select realm, client_id, count(*) from authorization_request where decided_at is not null group by realm, client_id) d
    full join (select realm, client_id, count(*) from oauth_grant group by realm, client_id) g using (realm, client_id)
    where d.count is distinct from g.count`,
  'a connection ended without a reason, or the other way round':
    'select id from oauth_grant where (revoked_at is null) <> (revoked_reason is null)',
  'a row without its parent': `
    select 'code' from authorization_code c where not exists (select from oauth_grant g where g.realm = c.realm and g.id = c.grant_id)
    union all select 'token' from refresh_token r where not exists (select from oauth_grant g where g.realm = r.realm and g.id = r.grant_id)
    union all select 'grant' from oauth_grant g where not exists (select from oauth_client c where c.realm = g.realm and c.id = g.client_id)
    union all select 'membership' from oauth_grant g
      where not exists (select from membership m where m.org_id = g.org_id and m.user_id = g.user_id)`,
  'a connection of two tenants': `select g.id from oauth_grant g join organization o on o.id = g.org_id
    where o.tenant_id <> g.tenant_id or (g.realm <> 'bare' and g.realm <> g.tenant_id)`,
  'an audit event of a connection that is not there': `select e.id from audit_event e
    where e.kind in ('grant.created', 'token.issued', 'grant.revoked') and not exists (select from oauth_grant g where g.id = e.grant_id)`,
  'a scenario whose revision is not the number of its changes': `select p.id from plan p join plan_change c on c.org_id = p.org_id and c.plan_id = p.id
    where p.title like '${MARK} %' group by p.id, p.rev having p.rev <> count(*) or p.rev <> max(c.seq)`,
  'a call that was done twice': `select plan_id from plan_change where coalesce(patch->>'last_name', patch->>'name') like '${MARK} %'
    group by coalesce(patch->>'last_name', patch->>'name'), plan_id having count(*) > 1
    union all select min(id) from plan where title like '${MARK} %' group by org_id, title having count(*) > 1`,
  'a change without its row in the scenario, or a row without a change': `select coalesce(c.entity_id, s.id) from plan_change c
    full join plan_state s on s.org_id = c.org_id and s.plan_id = c.plan_id and s.id = c.entity_id where c.op = 'create' and s.id is null or c.id is null`,
  'a planned person without terms': `select s.id from plan_state s where s.entity = 'employee' and s.op = 'create'
    and not exists (select from overlay.employment_terms t where t.org_id = s.org_id and t.plan_id = s.plan_id and t.employee_id = s.id)`,
  'an answer that is kept for a call whose changes are not there': `select r.key from plan_request r, jsonb_array_elements_text(r.answer->'changeIds') id
    where not exists (select from plan_change c where c.org_id = r.org_id and c.plan_id = r.plan_id and c.id = id)`,
  'an audit event written twice': `select user_agent from audit_event where user_agent like 'chaos/%'
    group by user_agent, kind having count(*) > 1`,
};

export const QUERIES = Object.keys(HALF_WRITES).length;

/** Everything that is half there, in words; nothing where the database is whole. */
export async function halfWrites(inspect: Inspect): Promise<string[]> {
  const found: string[] = [];
  for (const [what, sql] of Object.entries(HALF_WRITES)) {
    const rows = await inspect<Record<string, unknown>>(sql);
    if (rows.length > 0) found.push(`${what} (${rows.length}, the first: ${String(Object.values(rows[0] ?? {})[0])})`);
  }
  return found;
}
