import type { Client } from '@modelcontextprotocol/client';
import { Database } from '../../src/database';
import { DEMO_PASSWORD, DemoSeed } from '../../src/imports';
import { startApp, TestApp } from './app';
import { answerOf, Answer, mcpClient } from './mcp-client';

export type Role = 'owner' | 'admin' | 'finance' | 'manager' | 'member' | 'viewer';

/** The demo's organization Acme, asked through a real client by its users. */
export class Demo {
  private readonly clients = new Map<Role, Client>();

  private constructor(readonly app: TestApp) {}

  static async start(): Promise<Demo> {
    const app = await startApp({ RATE_LIMIT_PER_MINUTE: '100000' });
    await new DemoSeed(app.app.get(Database)).seedIfEmpty();
    return new Demo(app);
  }

  async close(): Promise<void> {
    for (const client of this.clients.values()) await client.close();
    await this.app.close();
  }

  async client(role: Role): Promise<Client> {
    const known = this.clients.get(role);
    if (known) return known;
    const user = { email: `${role}@acme.example`, password: DEMO_PASSWORD };
    const client = await mcpClient(this.app.origin('acme'), user, await this.orgId());
    this.clients.set(role, client);
    return client;
  }

  async call(role: Role, name: string, input: object = {}): Promise<Answer> {
    return answerOf(await this.client(role), name, input);
  }

  /** Rows of Acme ($1 is its id), read past the product, as a superuser. */
  async rows<T>(sql: string, ...parameters: unknown[]): Promise<T[]> {
    return this.app.db.admin<T & object>(sql, [await this.orgId(), ...parameters]);
  }

  async orgId(): Promise<string> {
    const [row] = await this.app.db.admin<{ id: string }>(`select id from platform.organization where name = 'Acme'`);
    return row?.id as string;
  }
}
