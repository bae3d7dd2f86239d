import type { ImportRun, SourceRow } from '../entity';
import { place } from '../mapping/read-rows';
import { type Directory, type Named, unnamed } from '../references/directory';
import type { Identified } from './identify';
import type { Draft, RecordEntity, RecordField } from './record';

/** Columns of each row as the table takes them; a row whose references cannot be found is refused. */
export function resolve(entity: RecordEntity, run: ImportRun, directory: Directory, rows: readonly Identified[]): Draft[] {
  const mapped = new Set(Object.keys(run.mapping.columns));
  const fields = entity.fields.filter(({ name, column, written }) => column !== undefined && (mapped.has(name) || written?.(mapped)));
  return rows.flatMap((one) => {
    const resolved = new RowResolver(run, directory, fields).resolve(entity, one);
    if (!('wrong' in resolved)) return resolved;
    run.refuse(one.row.line, resolved.wrong);
    return [];
  });
}

class RowResolver {
  constructor(
    private readonly run: ImportRun,
    private readonly directory: Directory,
    private readonly fields: readonly RecordField[],
  ) {}

  resolve(entity: RecordEntity, { row, id, number }: Identified): Draft[] | { readonly wrong: string } {
    const own = { ...(entity.prefix !== undefined && { id }), ...(keepsNumber(entity, this.run) && { external_id: number }) };
    let drafts: Record<string, string | null>[] = [own];
    for (const field of this.fields) {
      const cells = this.cells(field, row);
      if ('wrong' in cells) return { wrong: `${place(field, this.run.mapping)} ${cells.wrong}` };
      drafts = drafts.flatMap((draft) => cells.map((cell) => ({ ...draft, ...cell })));
    }
    return drafts.map((columns) => ({ line: row.line, row, columns }));
  }

  /** What the field says, by column; more than one where it names a group. */
  private cells(field: RecordField, { values }: SourceRow): Record<string, string | null>[] | { readonly wrong: string } {
    const { column = {}, names } = field;
    const text = field.value ? field.value(values[field.name], this.run.mapping, values) : values[field.name];
    if (names === undefined) return [{ [column as string]: text ?? null }];
    const columns = names.map((kind) => (typeof column === 'string' ? column : (column[kind] as string)));
    const none = Object.fromEntries(columns.map((one) => [one, null]));
    if (text === undefined) return [none];
    const among = field.among?.(values) ?? names;
    const found = this.directory.find(among, text);
    if (typeof found === 'object') return [{ ...none, [columns[names.indexOf(found.kind)] as string]: found.id }];
    const group = field.spreads && found === 'none' ? this.group(field, text) : [];
    if (group.length > 0) return group.map(({ id }) => ({ ...none, [columns[0] as string]: id }));
    return { wrong: unnamed(found, among) };
  }

  private group({ names = [] }: RecordField, text: string): Named[] {
    return names.flatMap((kind) => this.directory.all(kind).flatMap(({ id, group }) => (group === text ? [{ kind, id }] : [])));
  }
}

/** The external id is written where the file has numbers. */
function keepsNumber({ identity }: RecordEntity, { mapping }: ImportRun): boolean {
  return 'kind' in identity && identity.number in mapping.columns;
}
