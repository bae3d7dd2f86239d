import type { CodeLists, WantedCodes } from '../../workforce';
import { codeKey } from '../../workforce';
import type { ImportRun } from '../entity';
import type { Directory } from '../references/directory';
import type { NamedKind } from '../references/named-kinds';
import type { RecordEntity, RecordField } from './record';

const LISTS: Partial<Record<NamedKind, keyof WantedCodes>> = {
  job_role: 'jobRoles',
  work_type: 'workTypes',
  cost_centre: 'costCentres',
  value_stream: 'valueStreams',
  geography: 'geographies',
};

/** Makes the job roles, cost centres and so on that the rows name and that are not there. @returns how many of each */
export async function makeCodes(
  { fields }: RecordEntity,
  run: ImportRun,
  directory: Directory,
  codes: CodeLists,
): Promise<Record<string, number>> {
  const wanted = new Map<NamedKind, Map<string, WantedCodes['geographies'][number]>>();
  for (const field of fields) {
    const [kind] = field.names ?? [];
    if (field.creates && kind !== undefined) wanted.set(kind, unknownNames(field, kind, run, directory));
  }
  const lists = [...wanted].filter(([, names]) => names.size > 0);
  if (lists.length === 0) return {};
  const { ids, added } = await run.write(async (db) => {
    const lacking = lists.map(([kind, names]) => [LISTS[kind], kind === 'geography' ? [...names.values()] : [...names.keys()]] as const);
    const timeZone = run.mapping.settings['time zone'] ?? run.facts.timeZone;
    const result = await codes.ensure(db, run.organization.id, Object.fromEntries(lacking) as Partial<WantedCodes>, timeZone);
    return { result, changed: Object.keys(result.added).length > 0 };
  });
  for (const [kind, names] of lists) {
    for (const name of names.keys()) {
      const id = ids[LISTS[kind] as keyof WantedCodes].get(codeKey(name));
      if (id) directory.put(kind, { id, number: null, names: [name] });
    }
  }
  return added;
}

/** With what a new geography needs. */
function unknownNames(
  field: RecordField,
  kind: NamedKind,
  { rows, mapping, facts }: ImportRun,
  directory: Directory,
): Map<string, WantedCodes['geographies'][number]> {
  const names = new Map<string, WantedCodes['geographies'][number]>();
  for (const { values } of rows) {
    const name = field.value ? field.value(values[field.name], mapping, values) : values[field.name];
    if (name === undefined || names.has(name) || directory.find([kind], name) !== 'none') continue;
    const country = (values['country'] ?? mapping.settings['country'] ?? '').toUpperCase();
    names.set(name, { name, country, currency: (values['currency'] ?? facts.currency).toUpperCase() });
  }
  return names;
}
