import { newId } from '../../database';
import type { ImportRun } from '../entity';
import type { Draft, RecordEntity } from '../records/record';
import { type Written, writeRecords } from '../records/record-writer.sql';
import { writeInBatches } from '../write-in-batches';
import type { Entry } from './entries';
import { itemKey } from './weeks';

/** Issues of other systems: facts like the effort that is spent on them. */
const WORK_ITEMS: RecordEntity = {
  name: 'work-items',
  noun: 'work item',
  table: 'work_item',
  prefix: 'wi',
  example: '',
  facts: true,
  identity: { same: ['source', 'key'] },
  settings: [],
  fields: [],
};

const IDS = `select i.id, i.source, i.key from jsonb_to_recordset($2::jsonb) as w(source text, key text)
  cross join lateral (select id, source, key from work_item where org_id = $1 and source = w.source and key = w.key offset 0) i`;

/** Makes the work items that the entries name, or brings them up to date. @returns their ids by source and key */
export async function ensureWorkItems(
  run: ImportRun,
  entries: readonly Entry[],
): Promise<{ ids: ReadonlyMap<string, string>; added: Record<string, number> }> {
  const tellsProject = 'project' in run.mapping.columns || 'project name' in run.mapping.columns;
  const drafts = new Map<string, Draft>();
  for (const { line, item, source, projectId } of entries) {
    if (item === undefined) continue;
    const columns = { id: newId('wi'), source, key: item.key, title: item.title, ...(tellsProject && { project_id: projectId }) };
    drafts.set(itemKey(source, item.key), { line, row: { line, values: {} }, columns });
  }
  const ids = new Map<string, string>();
  let added = 0;
  const batch = (part: readonly Draft[]): Promise<Written> =>
    run.write(async (db) => {
      const result = await writeRecords(db, run.organization.id, WORK_ITEMS, part);
      const keys = part.map(({ columns }) => ({ source: columns['source'], key: columns['key'] }));
      const rows = await db.query<{ id: string; source: string; key: string }[]>(IDS, [run.organization.id, JSON.stringify(keys)]);
      for (const { id, source, key } of rows) ids.set(itemKey(source, key), id);
      return { result, changed: result.created.length + result.changed.length > 0 };
    });
  await writeInBatches({ ...run, progress: () => undefined }, [...drafts.values()], batch, {
    written: ({ created }) => void (added += created.length),
    refused: () => undefined,
  });
  return { ids, added: added > 0 ? { 'work items': added } : {} };
}
