import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { Database, isBusy } from '../database';
import type { Organization } from '../tenants';
import { EffortImport } from './effort/effort-import.service';
import { EmployeesImport } from './employees/employees-import.service';
import type { Entity, OrganizationFacts, SourceRow, Tally } from './entity';
import { bytesOf, type CallerFiles } from './file/caller-files';
import { Table } from './file/table';
import { ImportError } from './import-error';
import { separately, together } from './import-transactions';
import { checkMapping } from './mapping/check';
import { type Mapping, openQuestions } from './mapping/mapping';
import { readMapping, writeMapping } from './mapping/mapping-text';
import { propose } from './mapping/propose';
import { readRows } from './mapping/read-rows';
import { RecordsImport } from './records/records-import.service';
import { RunReport } from './run-report';
import { UsageImport } from './usage/usage-import.service';

export interface ImportRequest {
  readonly entity: string;
  readonly organization: Organization;
  /** How the operator named it. */
  readonly organizationName: string;
  /** Whether the operator has named the mapping, which confirms what it says. */
  readonly mappingNamed: boolean;
  readonly dryRun: boolean;
  readonly atomic: boolean;
}

/** How the operator hears of it. */
export interface Listener {
  readonly say: (line: string) => void;
  readonly progress: (text: string) => void;
}

/** How it ended: nothing done but a mapping proposed, or all rows, or not all of them. */
export interface ImportOutcome {
  readonly ended: 'proposed' | 'complete' | 'incomplete';
  readonly figures: Readonly<Record<string, number>>;
}

const FACTS = `select reporting_currency as currency, time_zone as "timeZone", hours_per_day::text as "hoursPerDay",
  (clock_timestamp() at time zone time_zone)::date as today from organization where id = $1`;

const NOTHING: Tally = { created: 0, changed: 0, unchanged: 0, added: {}, remarks: [] };

/** Brings a caller's file into an organization: what it is, by a declaration; how it is read, by a mapping. */
@Injectable()
export class ImportService {
  private readonly entities: readonly Entity[];

  constructor(
    private readonly database: Database,
    employees: EmployeesImport,
    records: RecordsImport,
    effort: EffortImport,
    usage: UsageImport,
  ) {
    this.entities = [employees.entity, ...records.entities, effort.entity, usage.entity];
  }

  /** @throws ImportError with a sentence for the operator; what had gone in by then stays in, unless the run is atomic */
  async run(request: ImportRequest, files: CallerFiles, listener: Listener): Promise<ImportOutcome> {
    const entity = this.entities.find(({ name }) => name === request.entity);
    if (!entity)
      throw new ImportError(
        `Importing "${request.entity}" is not possible; possible are: ${this.entities.map(({ name }) => name).join(', ')}.`,
      );
    const { id } = request.organization;
    const facts = await this.database.app(
      { orgId: id },
      async (db) => (await db.query<OrganizationFacts[]>(FACTS, [id]))[0] as OrganizationFacts,
    );
    const read = await this.mapping(entity, request, facts, files, listener);
    if (read === undefined) return { ended: 'proposed', figures: {} };
    const report = new RunReport();
    const counting = (rows: number): void => void (rows % 5_000 === 0 && listener.progress(`${rows} rows read`));
    let torn = false;
    const refuse = (line: number, reason: string, isTorn: boolean): void => {
      torn ||= isTorn;
      report.refuse(line, reason);
    };
    const rows = await readRows(entity, read.mapping, read.table, refuse, counting);
    report.rows = rows.length + report.refused;
    if (torn && entity.replaces !== undefined) {
      for (const line of report.lines()) listener.say(line);
      throw new ImportError(
        `Nothing was imported: ${entity.replaces} are replaced as a whole, and to which of them a row belongs that has not the cells of the header cannot be told. Mend these rows, or export the file again.`,
      );
    }
    const tally = await this.apply(entity, request, facts, read.mapping, rows, report, listener).catch((error: unknown) => {
      for (const line of report.lines()) listener.say(line);
      throw plain(error);
    });
    return this.told(request, report, tally, listener);
  }

  /** The confirmed mapping with its table; undefined after proposing one. */
  private async mapping(
    entity: Entity,
    { mappingNamed, dryRun, organizationName }: ImportRequest,
    facts: OrganizationFacts,
    files: CallerFiles,
    listener: Listener,
  ): Promise<{ table: Table; mapping: Mapping } | undefined> {
    const [data, file] = [files.nameOf('data'), files.nameOf('mapping')];
    const text = await mappingText(files);
    if (text !== undefined) {
      if (!mappingNamed)
        throw new ImportError(
          `There is a mapping already: check it and run again with --mapping ${file}, or remove it for a new proposal.`,
        );
      const mapping = readMapping(text, file);
      const table = await Table.open(files, mapping, entity.exports);
      checkMapping(entity, mapping, table.headers, file);
      return { table, mapping };
    }
    const table = await Table.open(files, undefined, entity.exports);
    const proposal = await propose(entity, table, facts);
    const again = `npm run import -- ${entity.name} ${data} --org ${organizationName} --mapping ${file}`;
    await files.writeMapping(
      writeMapping(proposal, [
        `How ${entity.name} are read from ${data}. Check every line, and fill in what is "?". Then try it with`,
        `  ${again} --dry-run`,
        'and import without --dry-run.',
      ]),
    );
    const { mapping } = proposal;
    const open = openQuestions(mapping);
    if (table.known) listener.say(`${data} is recognised: ${table.known.about}`);
    listener.say(`Wrote ${file}: a proposal of what the columns of ${data} are.`);
    for (const [field, header] of Object.entries(mapping.columns)) {
      listener.say(`  ${field.padEnd(18)}${header}`);
      const note = proposal.notes[`columns ${field}`];
      if (note !== undefined) listener.say(`    ${note}`);
    }
    listener.say(`Not read: ${proposal.ignored.join(', ') || 'nothing'}.`);
    for (const question of open) listener.say(`To be filled in: ${question}.`);
    listener.say(`Nothing was imported. Check the mapping, then run: ${again}`);
    return dryRun && open.length === 0 ? { table, mapping } : undefined;
  }

  private async apply(
    entity: Entity,
    { organization, dryRun, atomic }: ImportRequest,
    facts: OrganizationFacts,
    mapping: Mapping,
    rows: readonly SourceRow[],
    report: RunReport,
    listener: Listener,
  ): Promise<Tally> {
    if (atomic && report.refused > 0) return NOTHING;
    const noticed = {
      refuse: report.refuse,
      warn: report.warn,
      progress: (done: number): void => listener.progress(`${done} of ${rows.length} rows written`),
    };
    const run = { entity, organization, facts, mapping, rows, ...noticed };
    const kept = ({ created, changed, added }: Tally): boolean =>
      !dryRun && report.refused === 0 && created + changed + Object.keys(added).length > 0;
    const tally =
      atomic || dryRun
        ? await together(this.database, organization, (transactions) => entity.apply({ ...run, ...transactions }), kept)
        : await entity.apply({ ...run, ...separately(this.database, organization) });
    if (!dryRun && tally.created + tally.changed > 0) await this.database.refreshStatistics();
    return tally;
  }

  private told({ dryRun, atomic }: ImportRequest, report: RunReport, tally: Tally, { say }: Listener): ImportOutcome {
    const nothing = atomic && report.refused > 0;
    const { created, changed, unchanged } = nothing && !dryRun ? NOTHING : tally;
    for (const line of report.lines()) say(line);
    if (dryRun)
      say(
        nothing
          ? 'Nothing would be imported, because rows are refused and --atomic was given.'
          : 'This is what an import would do; nothing was changed.',
      );
    else if (nothing) say('Nothing was imported, because rows were refused and --atomic was given.');
    for (const line of report.table({ ...tally, created, changed, unchanged, added: nothing ? {} : tally.added })) say(line);
    for (const remark of tally.remarks) say(remark);
    const figures = { rows: report.rows, created, changed, unchanged, refused: report.refused, warnings: report.warned };
    return { ended: report.refused > 0 ? 'incomplete' : 'complete', figures };
  }
}

async function mappingText(files: CallerFiles): Promise<string | undefined> {
  if ((await files.read('mapping', 0)) === undefined) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of bytesOf(files, 'mapping')) chunks.push(chunk);
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/** The text of a database error may quote data; its code does not. */
function plain(error: unknown): unknown {
  if (!(error instanceof QueryFailedError)) return error;
  const { code = 'unknown' } = error.driverError as { code?: string };
  if (isBusy(error)) return new ImportError('Somebody else is changing this organization just now: run the same again in a moment.');
  return new ImportError(`The database ended the import (${code}). What had gone in stays in; run the same again.`);
}
