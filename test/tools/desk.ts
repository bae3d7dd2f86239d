import { Database, newId } from '../../src/database';
import type { Permission } from '../../src/permissions';
import type { Json } from '../mcp/wire';
import { Connection, World } from '../mcp/world';
import { Bench, Row, TestOrganization } from '../workforce/organization';

/** The day that the tests ask about. */
export const TODAY = '2026-06-15';

/** One customer of a running product, asked as a client asks: over HTTP, for whomever. */
export class Desk {
  private readonly connections = new Map<string, Connection>();

  private constructor(
    readonly world: World,
    readonly org: TestOrganization,
  ) {}

  static async open(world: World): Promise<Desk> {
    const org = new TestOrganization({ database: world.app.app.get(Database) } as Bench, await world.tenant());
    await org.insert('geography', [{ id: org.place, name: 'Home', country_code: 'DE', time_zone: 'Europe/Berlin', currency: 'EUR' }]);
    await org.insert('job_role', [{ id: org.jobRole, title: 'Engineer' }]);
    await org.insert('work_type', [{ id: org.workType, name: 'Permanent' }]);
    return new Desk(world, org);
  }

  /** What a tool answers somebody with the role, or with exactly these permissions; a refusal is `{code, message, …}`. */
  async ask(who: string | readonly Permission[], tool: string, args: object = {}): Promise<Json> {
    const { json } = await this.world.call(await this.connection(who), tool, args);
    return JSON.parse(json.result.content[0].text);
  }

  /** The same of what is to be done, by the owner where nobody is named; a refusal fails the test. */
  async done(tool: string, args: object, who: string | readonly Permission[] = 'owner'): Promise<Json> {
    const answer = await this.ask(who, tool, args);
    expect([tool, answer.code, answer.message]).toEqual([tool, undefined, undefined]);
    return answer;
  }

  /** All pages of a list, as one list of items. */
  async pages(who: string, tool: string, args: object): Promise<Json[]> {
    const items: Json[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await this.ask(who, tool, { ...args, ...(cursor !== undefined && { cursor }) });
      items.push(...page.items);
      if (page.hasMore !== (page.nextCursor !== undefined)) throw new Error(`hasMore is ${page.hasMore}`);
      if (!page.hasMore) return items;
      cursor = page.nextCursor;
    }
  }

  async connection(who: string | readonly Permission[]): Promise<Connection> {
    const key = String(who);
    const known = this.connections.get(key);
    if (known) return known;
    const role = typeof who === 'string' ? who : `custom-${this.connections.size}`;
    if (typeof who !== 'string') {
      await this.world.db.admin('insert into platform.role (org_id, name, permissions) values ($1, $2, $3)', [this.org.id, role, who]);
    }
    const made = await this.world.connect(this.org.tenant, { role });
    this.connections.set(key, made);
    return made;
  }

  /** Adds rows of one table; ids are made of the prefix. */
  async add(table: string, prefix: string, ...rows: Row[]): Promise<string[]> {
    const ids = rows.map((row) => (row['id'] as string | undefined) ?? newId(prefix));
    for (const [index, row] of rows.entries()) await this.org.insert(table, [{ ...row, id: ids[index] }]);
    return ids;
  }

  /** Allocates somebody: `{employee_id | contractor_id | …, target_team_id | target_project_id}`. */
  async allocate(row: Row): Promise<string> {
    const [id] = await this.add('allocation', 'alc', { fte: 1, start_date: '2020-01-01', ...row });
    return id as string;
  }
}
