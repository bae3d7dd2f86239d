/**
 * What every server of the comparison does besides speaking MCP: the product's own token check, gate statement, call
 * transaction and tool methods, over a bare pg pool with named statements. The floor and the peers share it, so that they
 * differ from the product by nothing but their protocol layer, and by doing without Nest's guards, TypeORM, strict
 * validation, the rate limit and the audit trail.
 */
import 'reflect-metadata';
import { JwtService } from '@nestjs/jwt';
import { createHash, createPublicKey, JsonWebKey, KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Pool } from 'pg';
import { AccessTokens, type Caller, type CallContext, callScope, GateService, type TokenKeys } from '../src/access';
import type { McpCall } from '../src/mcp';
import { Config } from '../src/config';
import type { Database } from '../src/database';
import { loginPassword, SESSION } from '../src/database/data-source';
import { callSettings } from '../src/database/scope';
import { pgTypes } from '../src/database/types';
import { OrganizationTools } from '../src/tools/read/organization.tools';
import { PeopleTools } from '../src/tools/read/people.tools';
import { EmployeesService, OrganizationContextService, PayService } from '../src/workforce';
import { BENCH } from './population';

/** What the benchmark tells a server that it starts, on its standard input: the catalogue outgrows an environment variable. */
export interface Setting {
  readonly port: number;
  readonly databaseUrl: string;
  readonly secret: string;
  readonly baseDomain: string;
  readonly jwks: { readonly keys: (JsonWebKey & { kid: string })[] };
  /** The product's own tools/list result, of which a server makes its tools. */
  readonly tools: readonly { name: string; title: string; description: string; inputSchema: object; outputSchema: object }[];
}

/** Who calls, of which customer. */
type Admitted = Caller & Pick<CallContext, 'tenant'>;
type Arguments = Record<string, unknown>;
type Query = (sql: string, parameters?: unknown[]) => Promise<unknown[]>;

export const setting = JSON.parse(readFileSync(0, 'utf8')) as Setting;

const names = new Map<string, string>();

/** A statement's name: prepared once per connection, which spares PostgreSQL to parse and plan it each time. */
function nameOf(sql: string): string {
  const name = names.get(sql) ?? createHash('sha1').update(sql).digest('base64');
  names.set(sql, name);
  return name;
}

export class Backend {
  private readonly config = Config.from({ APP_SECRET: setting.secret, BASE_DOMAIN: setting.baseDomain });
  private readonly pool = new Pool({
    connectionString: asMcpLogin(setting.databaseUrl, loginPassword(this.config, 'mcp')),
    max: 10,
    types: pgTypes,
    options: SESSION,
  });
  private readonly gates: GateService;
  private readonly people: PeopleTools;
  private readonly organization: OrganizationTools;

  constructor() {
    const keys = new Map<string, KeyObject>(setting.jwks.keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
    const tokens = new AccessTokens(new JwtService({}), { verifying: async (kid: string) => keys.get(kid) } as unknown as TokenKeys);
    const gate = async (sql: string, values: unknown[]): Promise<unknown[]> =>
      (await this.pool.query({ name: nameOf(sql), text: sql, values })).rows;
    this.gates = new GateService(this.config, { gate } as unknown as Database, tokens);
    const pay = new PayService();
    this.people = new PeopleTools(new EmployeesService(pay), pay);
    this.organization = new OrganizationTools(new OrganizationContextService());
  }

  /** Who calls; throws where the product would answer 401. */
  async admit(authorization: string | undefined): Promise<Admitted> {
    const access = await this.gates.read({ kind: 'tenant', slug: BENCH.slug }, { bearer: authorization?.slice('Bearer '.length) ?? '' });
    if (access?.caller === undefined || access.tenant === undefined) throw new Error('No caller.');
    return { ...access.caller, tenant: access.tenant };
  }

  /** The tool's data, read in a transaction of the same kind as the product's. */
  async call(caller: Admitted, tool: string, input: Arguments): Promise<object> {
    const client = await this.pool.connect();
    const query: Query = async (sql, values) => (await client.query(values ? { name: nameOf(sql), text: sql, values } : sql)).rows;
    try {
      await client.query(`START TRANSACTION; ${callSettings(callScope(caller))}`);
      const ctx = { ...caller, db: { query }, offers: () => true } as unknown as McpCall;
      const data = await this.run(ctx, tool, input);
      await client.query('COMMIT');
      return data;
    } finally {
      client.release();
    }
  }

  private run(ctx: McpCall, tool: string, input: Arguments): Promise<object> {
    if (tool === 'search_employees') return this.people.search(ctx, { status: 'active', includeSubteams: true, limit: 20, ...input });
    if (tool === 'get_employee_details') return this.people.details(ctx, input as { employeeId: string });
    if (tool === 'get_organization_context') return this.organization.read(ctx);
    throw new Error(`No tool ${tool}.`);
  }
}

function asMcpLogin(databaseUrl: string, password: string): string {
  const url = new URL(databaseUrl);
  url.username = 'flowstate_mcp';
  url.password = password;
  return url.toString();
}
