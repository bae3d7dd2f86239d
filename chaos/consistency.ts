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
