import { Injectable } from '@nestjs/common';
import { CodeLists } from '../../workforce';
import type { Entity, ImportRun, Tally } from '../entity';
import { Directory } from '../references/directory';
import { writeInBatches } from '../write-in-batches';
import { identify } from './identify';
import { makeCodes } from './new-codes';
import { parentsFirst } from './parents-first';
import { RECORD_ENTITIES } from './record-entities';
import type { Draft, RecordEntity } from './record';
import { type Written, writeRecords } from './record-writer.sql';
import { resolve } from './resolve';

/** Brings rows into the tables of their entities. */
@Injectable()
export class RecordsImport {
  readonly entities: readonly Entity[];

  constructor(private readonly codes: CodeLists) {
    this.entities = RECORD_ENTITIES.map((entity) => ({ ...entity, apply: (run) => this.apply(entity, run) }));
  }

  private async apply(entity: RecordEntity, run: ImportRun): Promise<Tally> {
    const { id: orgId } = run.organization;
    const named = entity.fields.flatMap(({ names = [] }) => names);
    const kinds = 'kind' in entity.identity ? [...named, entity.identity.kind] : named;
    const directory = await Directory.load(orgId, kinds, run.read);
    const added = await makeCodes(entity, run, directory, this.codes);
    const drafts = parentsFirst(entity, run, sole(entity, run, resolve(entity, run, directory, identify(entity, run, directory))));
    return { ...(await this.write(entity, run, drafts)), added, remarks: [] };
  }

  private async write(
    entity: RecordEntity,
    run: ImportRun,
    drafts: readonly Draft[],
  ): Promise<Pick<Tally, 'created' | 'changed' | 'unchanged'>> {
    const tally = { created: 0, changed: 0, unchanged: 0 };
    const batch = (part: readonly Draft[]): Promise<Written> =>
      run.write(async (db) => {
        const written = await writeRecords(db, run.organization.id, entity, part);
        const followed = (await entity.follow?.(db, run, part)) ?? [];
        const changed = [...new Set([...written.changed, ...followed])].filter((id) => !written.created.includes(id));
        return { result: { ...written, changed }, changed: written.created.length + changed.length > 0 };
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

/** Of several rows about what is told apart by its columns, the first. A row about several things goes in as a whole or not at all. */
function sole({ identity, noun }: RecordEntity, run: ImportRun, drafts: readonly Draft[]): Draft[] {
  if ('kind' in identity) return [...drafts];
  const own = [...(identity.oneOf ?? []), ...identity.same, ...(identity.sameOrNone ?? [])];
  const lineOf = new Map<string, number>();
  const keyOf = ({ columns }: Draft): string => JSON.stringify(own.map((column) => columns[column] ?? null));
  const refused = new Set<number>();
  for (const [line, parts] of byLine(drafts)) {
    const first = parts.map((part) => lineOf.get(keyOf(part))).find((one) => one !== undefined);
    if (first === undefined) for (const part of parts) lineOf.set(keyOf(part), line);
    else run.refuse(line, `is about the same ${noun} as line ${first}`);
    if (first !== undefined) refused.add(line);
  }
  return drafts.filter(({ line }) => !refused.has(line));
}

function byLine(drafts: readonly Draft[]): Map<number, Draft[]> {
  const lines = new Map<number, Draft[]>();
  for (const draft of drafts) {
    const parts = lines.get(draft.line);
    if (parts) parts.push(draft);
    else lines.set(draft.line, [draft]);
  }
  return lines;
}
