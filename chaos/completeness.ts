import type { Ledger } from './ledger';
import type { Inspect } from './stage';

/** What clients hold in their hands must be in the database, and every answer that they received in the audit trail. */
export async function losses(inspect: Inspect, ledger: Ledger, log: string): Promise<string[]> {
  const events = await inspect<{ user_agent: string; kind: string }>(
    "select user_agent, kind from audit_event where user_agent like 'chaos/%'",
  );
  const written = new Map<string, string[]>();
  for (const { user_agent, kind } of events) written.set(user_agent, [...(written.get(user_agent) ?? []), kind]);
  const unwritten = [...ledger.expected].filter(([tag, { kinds }]) => !written.get(tag)?.some((kind) => kinds.includes(kind)));
  // A refusal goes out where the trail itself is away; the log then has a line in its place.
  const refusals = unwritten.filter(([, { what }]) => /answered 4/.test(what));
  const excused = refusals.length <= (log.match(/No audit event for request/g)?.length ?? 0) ? refusals.map(([tag]) => tag) : [];
  ledger.count('refusals in the log instead of the trail', excused.length);
  const tokens = await missing(inspect, ledger.refreshTokens, 'select encode(hash, $$hex$$) as hash from refresh_token');
  const codes = await missing(inspect, ledger.codes, 'select encode(code_hash, $$hex$$) as hash from authorization_code');
  const changes = await missing(inspect, ledger.changes, 'select id as hash from plan_change');
  return [
    ...unwritten.filter(([tag]) => !excused.includes(tag)).map(([tag, { what }]) => `no audit event for ${what} (${tag})`),
    ...(tokens > 0 ? [`${tokens} refresh tokens that clients hold are gone`] : []),
    ...(codes > 0 ? [`${codes} codes that clients hold are gone`] : []),
    ...(changes > 0 ? [`${changes} changes of scenarios that clients were told of are gone`] : []),
  ];
}

async function missing(inspect: Inspect, received: ReadonlySet<string>, sql: string): Promise<number> {
  const stored = new Set((await inspect<{ hash: string }>(sql)).map(({ hash }) => hash));
  return [...received].filter((hash) => !stored.has(hash)).length;
}

/** Changes that were committed but whose process died before it could write the event, and answer: nobody was told of them. */
export async function untold(inspect: Inspect): Promise<number> {
  const [row] = await inspect<{ count: number }>(`select count(*)::int as count from oauth_grant g
    where not exists (select from audit_event e where e.grant_id = g.id and e.kind = 'grant.created')`);
  return row?.count ?? 0;
}
