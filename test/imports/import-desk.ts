import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorSocket } from '../../src/cli';
import { type CliResult, runCli } from '../cli/run-cli';
import { startApp, TEST_SECRET, type TestApp } from '../support/app';
import { createTenant, type TestTenant } from '../support/people';

/** The running product and a folder with files of an operator, who imports them by the command line. */
export class ImportDesk {
  private constructor(
    readonly app: TestApp,
    readonly folder: string,
  ) {}

  /** On the embedded database the product holds it and the command reaches it by the socket; on a server the command goes there itself. */
  static async open(): Promise<ImportDesk> {
    const folder = mkdtempSync(join(tmpdir(), 'flowstate-import-'));
    const app = await startApp({ DATA_DIR: folder });
    await app.app.get(OperatorSocket).listen();
    return new ImportDesk(app, folder);
  }

  async close(): Promise<void> {
    await this.app.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  organization(): Promise<TestTenant> {
    return createTenant(this.app.db);
  }

  put(name: string, content: Buffer | string): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  text(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  environment(): Record<string, string> {
    return { DATA_DIR: this.folder, DATABASE_URL: this.app.db.url, APP_SECRET: TEST_SECRET };
  }

  /** `import employees <file> --org <id> …`, in the folder of the files. */
  import(tenant: Pick<TestTenant, 'orgId'>, file: string, ...options: string[]): Promise<CliResult> {
    return runCli(this.environment(), ['import', 'employees', file, '--org', tenant.orgId, ...options], '', this.folder);
  }

  /** The way of an operator: have a mapping proposed, fill in what it asks, import. */
  async bring(tenant: Pick<TestTenant, 'orgId'>, file: string, ...options: string[]): Promise<CliResult> {
    const mapping = `${file}.mapping`;
    if (!this.has(mapping)) {
      await this.import(tenant, file);
      this.answer(mapping);
    }
    return this.import(tenant, file, '--mapping', mapping, ...options);
  }

  /** Fills in the questions of a proposed mapping, and replaces other lines of it. */
  answer(mapping: string, lines: Readonly<Record<string, string>> = {}): void {
    const answers: Record<string, string> = {
      currency: 'EUR',
      country: 'US',
      'pay period': 'year',
      'pay basis': 'full time',
      'fte unit': 'fraction',
    };
    const text = this.text(mapping).replace(/^([^#=\n]+) = (.*)$/gm, (whole, key: string, value: string) => {
      const answer = lines[key] ?? (value === '?' ? answers[key] : undefined);
      return answer === undefined ? whole : `${key} = ${answer}`;
    });
    this.put(mapping, text);
  }

  /** All live rows of an organization, without what a row notes of its own writing; equal where nothing has changed. */
  async live(tenant: Pick<TestTenant, 'orgId'>): Promise<Record<string, string>> {
    const tables = [
      'employee',
      'employment_terms',
      'salary_adjustment',
      'allocation',
      'team',
      'job_role',
      'geography',
      'work_type',
      'cost_centre',
      'search_term',
    ];
    const sums = tables.map(
      (table) => `(select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from ${table} t where org_id = $1) as ${table}`,
    );
    const [row] = await this.app.db.admin<Record<string, string>>(
      `select ${sums.join(', ')}, (select live_rev::text from organization where id = $1) as live_rev`,
      [tenant.orgId],
    );
    return row as Record<string, string>;
  }

  /** Who is there, by employee number: what an import decides, without ids that are drawn. */
  people(tenant: Pick<TestTenant, 'orgId'>): Promise<Record<string, string | null>[]> {
    return this.app.db.admin(
      `select e.external_id as number, e.first_name as first, e.last_name as last, e.email, e.start_date::text as start, e.end_date::text as "end",
        m.external_id as manager, r.title as role, g.name as place, t.contracted_fte::text as fte, w.name as "workType", c.code as centre,
        (select team.name from allocation a join team on team.org_id = a.org_id and team.id = a.target_team_id
          where a.org_id = e.org_id and a.employee_id = e.id and a.is_primary order by a.start_date desc limit 1) as team,
        (select trim_scale(s.annual_salary) || ' ' || s.currency || ' ' || s.effective_date from salary_adjustment s
          where s.org_id = e.org_id and s.employee_id = e.id order by s.effective_date desc limit 1) as pay
       from employee e join employment_terms t on t.org_id = e.org_id and t.employee_id = e.id and t.effective_to is null
       join job_role r on r.org_id = e.org_id and r.id = t.job_role_id join geography g on g.org_id = e.org_id and g.id = t.geography_id
       join work_type w on w.org_id = e.org_id and w.id = t.work_type_id left join cost_centre c on c.org_id = e.org_id and c.id = t.cost_centre_id
       left join employee m on m.org_id = t.org_id and m.id = t.manager_id
       where e.org_id = $1 order by e.external_id`,
      [tenant.orgId],
    );
  }
}
