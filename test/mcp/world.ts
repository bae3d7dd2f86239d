import { randomBytes } from 'node:crypto';
import { AccessTokens } from '../../src/access';
import { startApp, TestApp } from '../support/app';
import type { TestDatabase } from '../support/database';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';
import { Answer, Ask, Json, open, send, Stream } from './wire';

/** A connected client: what it sends with each request, and whom it acts for. */
export interface Connection {
  readonly tenant: TestTenant;
  readonly user: TestUser;
  readonly host: string;
  readonly issuer: string;
  readonly token: string;
  readonly grantId: string;
  readonly clientId: string;
  readonly claims: Readonly<Record<string, string>>;
}

interface Wishes {
  readonly role?: string;
  readonly user?: TestUser;
  readonly scopes?: readonly string[];
  readonly narrowed?: boolean;
  /** Connected at the host without a tenant in its name. */
  readonly bare?: boolean;
  readonly clientName?: string;
  readonly clientId?: string;
}

export type AuditRow = Readonly<Record<string, Json>>;

export const MODERN = '2026-07-28';
export const MODERN_META = {
  'io.modelcontextprotocol/protocolVersion': MODERN,
  'io.modelcontextprotocol/clientCapabilities': {},
};
const BOTH = 'application/json, text/event-stream';

/** The product on a database of this file's own, with customers made as they are needed. */
export class World {
  private constructor(readonly app: TestApp) {}

  static async start(settings: Record<string, string> = {}, db?: TestDatabase): Promise<World> {
    return new World(await startApp({ TRUST_PROXY: '127.0.0.1', ...settings }, db));
  }

  close(): Promise<void> {
    return this.app.close();
  }

  get db(): TestDatabase {
    return this.app.db;
  }

  host(tenant?: { slug: string }): string {
    return new URL(this.app.origin(tenant?.slug)).host;
  }

  tenant(options: Parameters<typeof createTenant>[1] = {}): Promise<TestTenant> {
    return createTenant(this.db, options);
  }

  /** A connection as the OAuth flow leaves it behind, without walking the flow (test/oauth does). */
  async connect(tenant: TestTenant, wishes: Wishes = {}): Promise<Connection> {
    const { scopes = ['openid', 'profile', 'mcp:use'], narrowed = false, bare = false, clientName = 'Test client' } = wishes;
    const user = wishes.user ?? (await createUser(this.db, wishes.role ?? 'owner', tenant.orgId));
    const realm = bare ? 'bare' : tenant.id;
    const grantId = `gnt_${randomBytes(8).toString('hex')}`;
    const clientId = wishes.clientId ?? `mcp_${randomBytes(16).toString('hex')}`;
    await this.db.admin(
      `insert into platform.oauth_client (id, realm, name, redirect_uris, auth_method) values ($1, $2, $3, '{}', 'none') on conflict do nothing`,
      [clientId, realm, clientName],
    );
    await this.db.admin(
      'insert into platform.oauth_grant (id, realm, tenant_id, org_id, user_id, client_id, scopes, narrowed) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [grantId, realm, tenant.id, tenant.orgId, user.id, clientId, scopes, narrowed],
    );
    const claims = { sub: user.id, client_id: clientId, scope: scopes.join(' '), tid: tenant.id, org: tenant.orgId, gid: grantId };
    const issuer = this.app.origin(bare ? undefined : tenant.slug);
    const token = this.app.app.get(AccessTokens).sign(issuer, claims);
    return { tenant, user, host: this.host(bare ? undefined : tenant), issuer, token, grantId, clientId, claims };
  }

  send(ask: Ask): Promise<Answer> {
    return send(this.app.port, ask);
  }

  open(connection: Connection, headers: Record<string, string> = {}): Promise<Stream> {
    return open(this.app.port, streamAsk(connection, headers));
  }

  /** A message as it is, of a 2025-06-18 client unless the headers say otherwise. */
  post(connection: Connection, body: unknown, headers: Record<string, string> = {}, path = '/api/mcp'): Promise<Answer> {
    return this.send(posted(connection, body, { 'mcp-protocol-version': '2025-06-18', ...headers }, path));
  }

  rpc(connection: Connection, method: string, params: object = {}, id: number | string = 1): Promise<Answer> {
    return this.post(connection, { jsonrpc: '2.0', id, method, params });
  }

  call(connection: Connection, name: string, args: object = {}, id: number | string = 1): Promise<Answer> {
    return this.rpc(connection, 'tools/call', { name, arguments: args }, id);
  }

  /** A complete request of a 2026-07-28 client. */
  modern(connection: Connection, method: string, params: Readonly<Record<string, unknown>> = {}, id: number | string = 1): Promise<Answer> {
    return this.send(modernAsk(connection, method, params, id));
  }

  openModern(connection: Connection, method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Stream> {
    return open(this.app.port, modernAsk(connection, method, params, 'sub-1'));
  }

  /** The audit trail from here on. */
  async mark(): Promise<() => Promise<AuditRow[]>> {
    const [last] = await this.db.admin<{ seq: string }>('select coalesce(max(seq), 0) as seq from platform.audit_event');
    return () => this.db.admin<AuditRow>('select * from platform.audit_event where seq > $1 order by seq', [last?.seq]);
  }

  /** The events of one request. */
  async auditOf(work: () => Promise<unknown>): Promise<AuditRow[]> {
    const since = await this.mark();
    await work();
    return since();
  }

  async setFeatures(tenant: TestTenant, mcp: boolean): Promise<void> {
    await this.db.admin('update platform.tenant set features = $2 where id = $1', [
      tenant.id,
      JSON.stringify({ mcp_external_access: mcp }),
    ]);
  }
}

export function streamAsk({ host, token }: Connection, headers: Record<string, string> = {}): Ask {
  return { host, headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers } };
}

export function modernAsk(connection: Connection, method: string, params: Readonly<Record<string, unknown>>, id: number | string = 1): Ask {
  const name = params['name'] ?? params['uri'];
  const headers = { 'mcp-protocol-version': MODERN, 'mcp-method': method, ...(typeof name === 'string' && { 'mcp-name': name }) };
  return posted(connection, { jsonrpc: '2.0', id, method, params: { _meta: MODERN_META, ...params } }, headers);
}

/** @param body a text goes out as it is */
export function posted(
  { host, token }: Pick<Connection, 'host' | 'token'>,
  body: unknown,
  headers: Record<string, string> = {},
  path = '/api/mcp',
): Ask {
  return {
    method: 'POST',
    path,
    host,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: BOTH, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
