import { Injectable } from '@nestjs/common';
import type { Entity, ImportRun, Tally } from '../entity';
import { Directory } from '../references/directory';
import { writeInBatches } from '../write-in-batches';
import { capacities, type WeekRows, writeWeeks } from './effort.sql';
import { EFFORT, WORKERS } from './effort.entity';
import { entriesOf } from './entries';
import { linesOf, MOST_LINES, type Week, type WeekLine, weeksOf } from './weeks';
import { ensureWorkItems } from './work-items';

type Draft = WeekRows & { readonly line: number };

/** Weeks whose length is asked at a time. */
const PAGE = 5_000;

/** Brings in what people worked on: weeks take the place of those that are there, so that the same file can come twice. */
@Injectable()
export class EffortImport {
  readonly entity: Entity = { ...EFFORT, apply: (run) => this.apply(run) };

  private async apply(run: ImportRun): Promise<Tally> {
    const directory = await Directory.load(run.organization.id, [...WORKERS, 'project'], run.read);
    const entries = entriesOf(run, directory);
    const weeks = await wholeWeeks(run, weeksOf(entries));
    const items = await ensureWorkItems(
      run,
      weeks.flatMap(({ week }) => week.entries),
    );
    const drafts = weeks.map(({ week, lines }) => draftOf(week, lines, items.ids));
    const remarks = [`Counted are weeks of a person: ${drafts.length} of ${entries.length} rows.`];
    return { ...(await this.write(run, drafts)), added: items.added, remarks };
  }

  private async write(run: ImportRun, drafts: readonly Draft[]): Promise<Pick<Tally, 'created' | 'changed' | 'unchanged'>> {
    const tally = { created: 0, changed: 0, unchanged: 0 };
    const batch = (part: readonly Draft[]) =>
      run.write(async (db) => {
        const result = await writeWeeks(db, run.organization.id, part);
        return { result, changed: result.created.length + result.changed.length > 0 };
      });
    await writeInBatches(run, drafts, batch, {
      written: ({ created, changed }, part) => {
        tally.created += created.length;
        tally.changed += changed.length;
        tally.unchanged += part.length - created.length - changed.length;
      },
      refused: () => undefined,
    });
    return tally;
  }
}

/** The weeks in lines; rows of a week in which the person is not employed are refused. */
async function wholeWeeks(run: ImportRun, weeks: readonly Week[]): Promise<{ week: Week; lines: WeekLine[] }[]> {
  const { settings } = run.mapping;
  const rules = {
    unit: settings['amount unit'] as string,
    rest: settings['rest'] as string,
    hoursPerDay: Number(settings['hours per day']),
  };
  const whole: { week: Week; lines: WeekLine[] }[] = [];
  for (let start = 0; start < weeks.length; start += PAGE) {
    const page = weeks.slice(start, start + PAGE);
    const lengths = await run.read((db) => capacities(db, run.organization.id, page));
    page.forEach((week, index) => {
      const capacity = lengths[index] ?? { days: 0, fte: 1 };
      const lines = capacity.days > 0 ? linesOf(week, capacity, rules) : [];
      const refuse = (why: string): void => week.entries.forEach(({ line }) => run.refuse(line, why));
      if (capacity.days === 0) refuse('the person is not employed in the week of date');
      else if (lines.length > MOST_LINES) refuse(`the week has more than ${MOST_LINES} different lines`);
      else if (lines.length > 0) whole.push({ week, lines });
    });
  }
  return whole;
}

function draftOf({ line, who, start }: Week, lines: readonly WeekLine[], items: ReadonlyMap<string, string>): Draft {
  return {
    line,
    subject: { column: `${who.kind}_id`, id: who.id },
    week: start,
    lines: lines.map(({ category, projectId, item, millionths, source }) => ({
      ...{ category, project_id: projectId, work_item_id: item === null ? null : (items.get(item) ?? null) },
      ...{ fraction: (millionths / 1_000_000).toFixed(6), source },
    })),
  };
}
