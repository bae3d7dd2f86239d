import { type CallerFiles, ImportService } from '../../src/imports';
import { EffortImport } from '../../src/imports/effort/effort-import.service';
import { EmployeesImport } from '../../src/imports/employees/employees-import.service';
import { RecordsImport } from '../../src/imports/records/records-import.service';
import { UsageImport } from '../../src/imports/usage/usage-import.service';
import { CodeLists, PeopleWriter } from '../../src/workforce';
import { Bench, type Row, TestOrganization } from '../workforce/organization';
import { csv } from './hr-export';
import { told } from './staff-file';

export interface Brought {
  ended: string;
  lines: string[];
  figures: Record<string, number>;
  mapping: string;
}

interface Options {
  dryRun?: boolean;
  atomic?: boolean;
  /** Lines of the proposed mapping that are replaced, by their key. */
  answers?: Record<string, string>;
  /** Text that is added to the mapping. */
  more?: string;
  /** Gets what was said, also of an import that fails. */
  heard?: string[];
}

/** Imports without the command line, in this process: the same service on the same kinds of database. */
export class ImportBench {
  private constructor(readonly bench: Bench) {}

  static async open(): Promise<ImportBench> {
    return new ImportBench(await Bench.open());
  }

  close(): Promise<void> {
    return this.bench.close();
  }

  private service(): ImportService {
    const codes = new CodeLists();
    return new ImportService(
      this.bench.database,
      new EmployeesImport(codes, new PeopleWriter()),
      new RecordsImport(codes),
      new EffortImport(),
      new UsageImport(),
    );
  }

  /** The way of an operator: has a mapping proposed, answers what it asks, imports. Cells or a whole text. */
  async bring(
    organization: TestOrganization,
    entity: string,
    file: readonly (readonly string[])[] | string | Buffer,
    { dryRun = false, atomic = false, answers = {}, more = '', heard = [] }: Options = {},
  ): Promise<Brought> {
    const data =
      typeof file === 'string' || Buffer.isBuffer(file) ? Buffer.from(file) : Buffer.from(csv(file, { delimiter: ',', lineEnd: '\n' }));
    let mapping: string | undefined;
    const files: CallerFiles = {
      read: async (which, offset) => {
        const bytes = which === 'data' ? data : mapping === undefined ? undefined : Buffer.from(mapping);
        return bytes?.subarray(offset, offset + 100_000);
      },
      writeMapping: async (text) => void (mapping = text),
      nameOf: (which) => which,
    };
    const said = heard;
    const listener = { say: (line: string) => void said.push(line), progress: () => undefined };
    const { id: tenantId, orgName: name } = organization.tenant;
    const request = { entity, organization: { id: organization.id, tenantId, name }, organizationName: name, dryRun, atomic };
    await this.service().run({ ...request, dryRun: false, mappingNamed: false }, files, listener);
    const proposal = String(mapping);
    mapping = `${answered(proposal, answers)}\n${more}\n`;
    said.length = 0;
    const { ended } = await this.service().run({ ...request, mappingNamed: true }, files, listener);
    return { ended, ...told(said.join('\n')), mapping: proposal };
  }

  /** Rows of an organization, by a query whose $1 it is. */
  rows<R = Row>(organization: TestOrganization, sql: string): Promise<R[]> {
    return this.bench.test.admin<R>(sql, [organization.id]);
  }

  /** A fingerprint of every live row of an organization. */
  async live(organization: TestOrganization): Promise<Row> {
    const tables = await this.bench.test.admin<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'live' and c.relkind = 'r' order by 1`,
    );
    const sums = tables.map(
      ({ name }) =>
        `(select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from live.${name} t where org_id = $1) as ${name}`,
    );
    const [row] = await this.rows(
      organization,
      `select ${sums.join(', ')}, (select live_rev::text from organization where id = $1) as live_rev`,
    );
    return row as Row;
  }
}

/** Settings are answered; of the rest only what was asked. */
function answered(mapping: string, answers: Record<string, string>): string {
  const [file = '', settings = ''] = mapping.split(/^(?=\[settings\])/m);
  const replaced = (text: string, all: boolean): string =>
    text.replace(/^([^#=\n]+) = (.*)$/gm, (whole, key: string, value: string) =>
      key in answers && (all || value === '?') ? `${key} = ${answers[key]}` : whole,
    );
  return replaced(file, false) + replaced(settings, true);
}
