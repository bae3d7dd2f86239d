import { Injectable } from '@nestjs/common';
import { type CodeIds, CodeLists, type KnownPerson, type PeopleSource, PeopleWriter, teamNamed } from '../../workforce';
import type { Entity, ImportRun, SourceRow, Tally } from '../entity';
import { writeInBatches } from '../write-in-batches';
import { EMPLOYEE } from './employee.entity';
import { Everybody } from './everybody';
import { incomingPerson, sourceOf, wantedCodes } from './incoming';

type Draft = ReturnType<Everybody['managed']>[number];

/** Brings the rows of a file into the organization's people. */
@Injectable()
export class EmployeesImport {
  readonly entity: Entity = { ...EMPLOYEE, apply: (run) => this.apply(run) };

  constructor(
    private readonly codes: CodeLists,
    private readonly writer: PeopleWriter,
  ) {}

  private async apply(run: ImportRun): Promise<Tally> {
    const { organization, facts, mapping } = run;
    const source = sourceOf(mapping, facts);
    const known: KnownPerson[] = [];
    for await (const person of this.writer.known(organization.id, source.day, run.read)) known.push(person);
    const { rows, remarks } = importable(run, known, facts.today);
    const sole = new Everybody(run, rows, known).withoutSharedAddresses();
    const { ids, added } = await run.write(async (db) => {
      const result = await this.codes.ensure(
        db,
        organization.id,
        wantedCodes(sole, mapping, facts),
        mapping.settings['time zone'] as string,
      );
      return { result, changed: Object.keys(result.added).length > 0 };
    });
    const teams = new Map(known.map(({ externalId, team }) => [externalId, team ?? undefined]));
    const teamOf = ({ values }: SourceRow): string | undefined =>
      values['department'] && teamNamed(ids, values['department'], teams.get(values['employee number'] as string));
    const placed = sole.filter((row) => hasTeam(run, row, teamOf(row)));
    const everybody = new Everybody(run, placed, known);
    warnOfPay(run, placed, source);
    const counts = await this.write(run, source, ids, teamOf, everybody.managed());
    const missing = everybody.missing(facts.today);
    if (missing > 0) remarks.push(`${missing} people of the organization are not in the file; they stay as they are.`);
    return { ...counts, added, remarks };
  }

  private async write(
    run: ImportRun,
    source: PeopleSource,
    ids: CodeIds,
    teamOf: (row: SourceRow) => string | undefined,
    drafts: readonly Draft[],
  ): Promise<Pick<Tally, 'created' | 'changed' | 'unchanged'>> {
    const tally = { created: 0, changed: 0, unchanged: 0 };
    const batch = (part: readonly Draft[]) =>
      run.write(async (db) => {
        const people = part.map(({ row, manager }) => incomingPerson(row, manager, run.mapping, ids, teamOf(row)));
        const result = await this.writer.write(db, run.organization.id, source, people);
        return { result, changed: result.created + result.changed > 0 };
      });
    /** Employee numbers of managers who were refused by the database and are not there from before. */
    const lost = new Set<string>();
    await writeInBatches(run, drafts, batch, {
      written: ({ created, changed }, part) => {
        tally.created += created;
        tally.changed += changed;
        tally.unchanged += part.length - created - changed;
        for (const { line, manager } of part)
          if (lost.has(manager.managerNumber ?? '')) run.warn(line, "the manager's own row was refused: imported without");
      },
      refused: ({ row, isKnown }) => void (!isKnown && lost.add(row.values['employee number'] as string)),
    });
    return tally;
  }
}

/** Leaves out rows that are not meant to be imported, and refuses those that contradict what is known. */
function importable(run: ImportRun, known: readonly KnownPerson[], today: string): { rows: SourceRow[]; remarks: string[] } {
  const byNumber = new Map(known.map((person) => [person.externalId, person]));
  let skipped = 0;
  const rows = run.rows.filter(({ line, values }) => {
    if (values['status'] === 'skip') {
      skipped += 1;
      return false;
    }
    if (values['status'] === 'active' && (values['end date'] ?? '9999') < today)
      run.warn(line, 'status says active, but end date is past: imported as departed');
    const lastDay = byNumber.get(values['employee number'] as string)?.endDate;
    if (lastDay == null || (values['start date'] as string) <= lastDay) return true;
    run.refuse(line, 'the person with this employee number had left before start date: a new employment needs a number of its own');
    return false;
  });
  return { rows, remarks: skipped > 0 ? [`${skipped} rows were left out, because their status means skip.`] : [] };
}

function hasTeam(run: ImportRun, { line, values }: SourceRow, id: string | undefined): boolean {
  const department = values['department'];
  if (department === undefined || id) return true;
  const column = `department (column ${run.mapping.columns['department']})`;
  run.refuse(
    line,
    id === ''
      ? `several teams have the name of ${column}: say which by its id in [values of department]`
      : `${column} names a team by an id that does not exist`,
  );
  return false;
}

function warnOfPay(run: ImportRun, rows: readonly SourceRow[], { hasPay }: PeopleSource): void {
  if (!hasPay) return;
  for (const { line, values } of rows) if (values['salary'] === undefined) run.warn(line, 'salary is blank: imported without pay');
}
