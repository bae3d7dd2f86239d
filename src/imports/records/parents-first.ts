import type { ImportRun } from '../entity';
import { place } from '../mapping/read-rows';
import { Hierarchy } from '../references/hierarchy';
import type { Draft, RecordEntity } from './record';

/** What is below something of the file comes after it; who would be below themselves is refused. */
export function parentsFirst({ below, fields }: RecordEntity, run: ImportRun, drafts: readonly Draft[]): readonly Draft[] {
  const field = fields.find(({ name }) => name === below);
  if (field === undefined || !(field.name in run.mapping.columns)) return drafts;
  const indexOf = new Map(drafts.map(({ columns }, index) => [columns['id'], index]));
  const tree = new Hierarchy(drafts.map(() => undefined));
  const sound = drafts.flatMap((draft, index) => {
    const parent = indexOf.get(draft.columns[field.column as string] ?? '');
    if (parent === undefined || tree.link(index, parent)) return [{ draft, index }];
    run.refuse(draft.line, `with this ${place(field, run.mapping)} it would be below itself`);
    return [];
  });
  const depths = tree.depths();
  return sound.sort((a, b) => (depths[a.index] as number) - (depths[b.index] as number) || a.index - b.index).map(({ draft }) => draft);
}
