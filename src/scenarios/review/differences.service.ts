import { Injectable } from '@nestjs/common';
import { type CallContext, can } from '../../access';
import { Cursors, type Page, toPage } from '../../workforce';
import { declared, type Entity, fieldName, MONEY_COLUMNS, SILENT_COLUMNS } from '../entities';
import { DIFFERENCE_COUNTS, DIFFERENCES } from './differences.sql';

/** A value as it is shown: a row that is referred to by its name and id. */
export type Shown = string | number | boolean | null;

/** One field: as it is live, and as the scenario has it. Absent: there is, or there will be, none. */
export interface FieldDifference {
  field: string;
  from?: Shown;
  to?: Shown;
}

/** A field whose live value moved away from what the scenario was written against; `row` is the row as a whole. */
export interface FieldConflict {
  field: string;
  base?: Shown;
  live?: Shown;
  plan?: Shown;
}

export interface Difference {
  entity: Entity;
  id: string;
  change: 'created' | 'updated' | 'deleted';
  name?: string;
  /** Whose terms, pay, rate or allocation it is. */
  about?: { id: string; name?: string };
  fields: FieldDifference[];
  conflicts?: FieldConflict[];
}

export interface DifferenceCount {
  entity: Entity;
  created: number;
  updated: number;
  deleted: number;
  conflicts: number;
}

export interface DifferencesQuestion {
  readonly planId: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly onlyConflicts?: boolean;
  /** These rows only. */
  readonly ids?: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

interface Row {
  readonly entity: Entity;
  readonly id: string;
  readonly op: 'create' | 'update' | 'delete';
  readonly patch: Json;
  readonly base: Json;
  readonly live: Json | null;
  readonly conflicts: readonly string[];
  readonly about: string | null;
  readonly name: string | null;
  readonly names: Readonly<Record<string, string>> | null;
}

const CHANGES = { create: 'created', update: 'updated', delete: 'deleted' } as const;

/** What a scenario changes, row by row, against what is live now. `ctx.db` reads the live world. */
@Injectable()
export class DifferencesService {
  /** By kind and id. Without compensation.read rows of pay are left out, and amounts are (`redacted`). */
  async list(ctx: CallContext, question: DifferencesQuestion): Promise<Page<Difference> & { redacted?: string[] }> {
    const cursors = new Cursors(ctx, 'differences', question, 2);
    const [entity = '', id = ''] = cursors.read(question.cursor)?.key ?? [];
    const parameters = [ctx.orgId, question.planId, entity, id, question.limit + 1, question.onlyConflicts ?? false, question.ids ?? null];
    const rows = await ctx.db.query<Row[]>(DIFFERENCES, parameters);
    const seesMoney = can(ctx, 'compensation.read');
    const page = toPage(
      rows,
      question.limit,
      (row) => difference(row, seesMoney),
      (row) => cursors.write({ day: '2000-01-01', key: [row.entity, row.id] }),
    );
    return { ...page, ...(!seesMoney && { redacted: ['pay', 'amounts'] }) };
  }

  async counts(ctx: CallContext, planId: string): Promise<DifferenceCount[]> {
    return ctx.db.query<DifferenceCount[]>(DIFFERENCE_COUNTS, [ctx.orgId, planId]);
  }
}

function difference(row: Row, seesMoney: boolean): Difference {
  const show = shower(row);
  const visible = (column: string): boolean => !SILENT_COLUMNS.has(column) && (seesMoney || !MONEY_COLUMNS.has(column));
  const conflicts = row.conflicts.filter((column) => column === '*' || visible(column)).map((column) => conflict(row, column, show));
  return {
    entity: row.entity,
    id: row.id,
    change: CHANGES[row.op],
    ...(row.name !== null && row.name !== '' && { name: row.name }),
    ...(row.about !== null && { about: { id: row.about, ...(row.names?.[row.about] !== undefined && { name: row.names[row.about] }) } }),
    fields:
      row.op === 'delete'
        ? []
        : Object.keys(row.patch)
            .filter(visible)
            .sort()
            .flatMap((column) => fieldDifference(row, column, show)),
    ...(conflicts.length > 0 && { conflicts }),
  };
}

function fieldDifference({ op, patch, live }: Row, column: string, show: (value: unknown) => Shown): FieldDifference[] {
  const to = patch[column] ?? null;
  const from = live?.[column] ?? null;
  if (op === 'create') return to === null ? [] : [{ field: fieldName(column), to: show(to) }];
  return [{ field: fieldName(column), from: show(from), to: show(to) }];
}

function conflict({ op, patch, base, live }: Row, column: string, show: (value: unknown) => Shown): FieldConflict {
  if (column === '*') return { field: 'row', base: 'as it was', live: live === null ? 'deleted' : 'changed', plan: CHANGES[op] };
  return {
    field: fieldName(column),
    base: show(base[column] ?? null),
    live: show(live?.[column] ?? null),
    plan: show(patch[column] ?? null),
  };
}

/** References are named; lists and objects become text. */
function shower({ names }: Row): (value: unknown) => Shown {
  return (value) => {
    if (typeof value === 'string') return names?.[value] === undefined ? value : `${names[value]} (${value})`;
    if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
    return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
  };
}

/** "Pay of Ada Byron", "Team Platform": a row in words. */
export function titleOf({ entity, id, name, about }: Pick<Difference, 'entity' | 'id' | 'name' | 'about'>): string {
  const { words } = declared(entity);
  const noun = words.charAt(0).toUpperCase() + words.slice(1);
  if (about) return `${noun} of ${about.name ?? about.id}`;
  return name === undefined ? `${noun} ${id}` : `${noun} ${name}`;
}
