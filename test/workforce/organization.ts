import type { EntityManager } from 'typeorm';
import { type CallContext, callScope } from '../../src/access';
import { Config } from '../../src/config';
import { Database, newId } from '../../src/database';
import { Permission, permissionsOfRole } from '../../src/permissions';
import { EmployeesService, OrganizationContextService, PayService } from '../../src/workforce';
import { TEST_SECRET } from '../support/app';
import { TestDatabase, testDatabase } from '../support/database';
import { createTenant, TestTenant } from '../support/people';

export interface PersonSpec {
  first?: string;
  last?: string;
  email?: string | null;
  externalId?: string;
  start?: string;
  end?: string | null;
  notice?: string | null;
  skills?: string[];
  manager?: string;
  team?: string;
  fte?: number;
  geography?: string;
  jobRole?: string;
  /** Annual pay by effective date: `[salary, bonus, currency]`. */
  pay?: Record<string, [string, string, string]>;
}

export type Row = Record<string, unknown>;

/** A database with its services, for tests below the protocol. */
export class Bench {
  readonly pay = new PayService();
  readonly employees = new EmployeesService(this.pay);
  readonly context = new OrganizationContextService();

  private constructor(
    readonly test: TestDatabase,
    readonly database: Database,
  ) {}

  static async open(): Promise<Bench> {
    const test = await testDatabase();
    return new Bench(test, await test.open(Config.from({ APP_SECRET: TEST_SECRET, DATABASE_URL: test.url, DATABASE_POOL: '4' })));
  }

  async close(): Promise<void> {
    await this.database.onApplicationShutdown();
    await this.test.drop();
  }

  /** An organization with one place (EUR), one job role and one work type. */
  async organization(): Promise<TestOrganization> {
    const tenant = await createTenant(this.test);
    const organization = new TestOrganization(this, tenant);
    await organization.insert('geography', [
      { id: organization.place, name: 'Home', country_code: 'DE', time_zone: 'Europe/Berlin', currency: 'EUR' },
    ]);
    await organization.insert('job_role', [{ id: organization.jobRole, title: 'Engineer' }]);
    await organization.insert('work_type', [{ id: organization.workType, name: 'Permanent' }]);
    return organization;
  }
}

export class TestOrganization {
  readonly place = newId('geo');
  readonly jobRole = newId('role');
  readonly workType = newId('wt');

  constructor(
    private readonly bench: Bench,
    readonly tenant: TestTenant,
  ) {}

  get id(): string {
    return this.tenant.orgId;
  }

  /** As the web side would write: login flowstate_app, this organization's scope. */
  write<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    return this.bench.database.app({ tenantId: this.tenant.id, orgId: this.id }, work);
  }

  /** Live data moves, as every live write begins. $1 is the organization. */
  edit(sql: string, ...parameters: unknown[]): Promise<unknown> {
    return this.write(async (db) => {
      await db.query('update organization set live_rev = live_rev + 1 where id = $1', [this.id]);
      await db.query(sql, [this.id, ...parameters]);
    });
  }

  insert(table: string, rows: Row[]): Promise<void> {
    return this.insertTogether({ [table]: rows });
  }

  /** Rows of several tables in one transaction, for rules that hold between them. */
  insertTogether(tables: Readonly<Record<string, Row[]>>): Promise<void> {
    return this.write(async (db) => {
      for (const [table, rows] of Object.entries(tables)) await insert(db, table, this.id, rows);
    });
  }

  async person(spec: PersonSpec = {}): Promise<string> {
    return (await this.people([spec]))[0] as string;
  }

  /** People with their terms, pay and team, in one transaction. */
  async people(specs: PersonSpec[]): Promise<string[]> {
    const ids = specs.map(() => newId('emp'));
    const each = <T>(make: (spec: PersonSpec, id: string) => T): T[] => specs.map((spec, index) => make(spec, ids[index] as string));
    await this.write(async (db) => {
      await insert(
        db,
        'employee',
        this.id,
        each((spec, id) => employeeRow(spec, id)),
      );
      await insert(
        db,
        'employment_terms',
        this.id,
        each((spec, id) => this.termsRow(spec, id)),
      );
      await insert(db, 'salary_adjustment', this.id, each(payRows).flat());
      await insert(db, 'allocation', this.id, each(allocationRows).flat());
    });
    return ids;
  }

  async team(name: string, parent: string | null = null): Promise<string> {
    const id = newId('team');
    await this.insert('team', [{ id, name, parent_team_id: parent }]);
    return id;
  }

  rate(from: string, to: string, rate: string, effective = '2020-01-01'): Promise<void> {
    return this.insert('fx_rate', [{ id: newId('fx'), from_currency: from, to_currency: to, rate, effective_from: effective }]);
  }

  /** A call in the name of a role, or with exactly these permissions: read only, login flowstate_mcp. */
  as<T>(caller: string | Permission[], work: (ctx: CallContext) => Promise<T>): Promise<T> {
    const permissions = new Set(typeof caller === 'string' ? permissionsOfRole(caller) : caller);
    return this.bench.database.call(callScope({ tenantId: this.tenant.id, orgId: this.id, userId: 'usr_test', permissions }), (db) => {
      const ctx = {
        orgId: this.id,
        tenantId: this.tenant.id,
        userId: 'usr_test',
        userName: 'Test',
        role: 'test',
        scopes: [],
        permissions,
        db,
      };
      return work(ctx as unknown as CallContext);
    });
  }

  private termsRow(spec: PersonSpec, id: string): Row {
    return {
      id: newId('trm'),
      employee_id: id,
      effective_from: spec.start ?? '2020-01-01',
      manager_id: spec.manager ?? null,
      job_role_id: spec.jobRole ?? this.jobRole,
      work_type_id: this.workType,
      geography_id: spec.geography ?? this.place,
      contracted_fte: spec.fte ?? 1,
    };
  }
}

function employeeRow(spec: PersonSpec, id: string): Row {
  return {
    id,
    external_id: spec.externalId ?? null,
    first_name: spec.first ?? 'Ada',
    last_name: spec.last ?? 'Test',
    email: spec.email === undefined ? `${id}@example.test` : spec.email,
    start_date: spec.start ?? '2020-01-01',
    end_date: spec.end ?? null,
    notice_date: spec.notice ?? null,
    skills: spec.skills ?? [],
  };
}

function payRows(spec: PersonSpec, id: string): Row[] {
  return Object.entries(spec.pay ?? {}).map(([day, [salary, bonus, currency]]) => ({
    ...{ id: newId('sal'), employee_id: id, effective_date: day },
    ...{ annual_salary: salary, annual_bonus: bonus, currency },
  }));
}

function allocationRows(spec: PersonSpec, id: string): Row[] {
  if (spec.team === undefined) return [];
  const days = { start_date: spec.start ?? '2020-01-01', end_date: spec.end ?? null };
  return [{ id: newId('alc'), employee_id: id, target_team_id: spec.team, fte: spec.fte ?? 1, ...days, is_primary: true }];
}

async function insert(db: EntityManager, table: string, orgId: string, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = ['org_id', ...Object.keys(rows[0] as Row)].join(', ');
  const json = JSON.stringify(rows.map((row) => ({ org_id: orgId, ...row })));
  await db.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [json]);
}

/** The code and message of the refusal that a call ends in. */
export async function refusal(call: Promise<unknown>): Promise<{ code?: string; message: string }> {
  try {
    await call;
  } catch (error) {
    return error as { code?: string; message: string };
  }
  throw new Error('The call was not refused.');
}
