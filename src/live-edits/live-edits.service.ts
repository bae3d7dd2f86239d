import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CallContext, can } from '../access';
import { AuditService } from '../audit';
import { Database, newId } from '../database';
import type { Permission } from '../permissions';
import { EditRefused, refusalOf } from './edit-refused';
import { isDay, namedBy, readField } from './edited-values';
import { EDITABLE, type EditableField, type EditableTable, fieldLabel, LISTS, type NamedTable } from './live-rows';
import { addFrom, change, CHOICES, closeBefore, endAllocations, idsOf, PARTS, RAISE_REVISION, rowOf } from './live-edits.sql';

/** A person at a page, with the rights that their role gives. */
export interface Editor {
  readonly orgId: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly requestId: string;
  readonly ip: string;
}

/** A row of live data that a person may edit. */
export interface EditablePart {
  id: string;
  noun: string;
  label: string;
}

export interface EditableRow extends EditablePart {
  /** What has a page, and this is part of; itself where it has one. */
  readonly of: string;
  readonly version: string;
  readonly fields: Readonly<Record<string, EditableField>>;
  /** As people read and write them: what is referred to by name and id. */
  readonly texts: Readonly<Record<string, string | null>>;
  readonly choices: Readonly<Partial<Record<NamedTable, readonly string[]>>>;
  /** First day of the row, where an edit can be in force from a later one on. */
  readonly from?: string;
}

/** What somebody posts: the row as they saw it, and what they wrote. */
export interface Edit {
  readonly id: string;
  readonly version: string;
  readonly from?: string;
  readonly values: Readonly<Record<string, string | undefined>>;
}

interface Row {
  readonly of: string;
  readonly version: string;
  readonly label: string;
  readonly from: string | null;
  readonly texts: Record<string, string | null>;
}

/** Live data, edited by hand in the web pages; never by a token of any kind. */
@Injectable()
export class LiveEdits {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
  ) {}

  /** What of a person, a team, a project, a contractor or a vacancy the caller may edit. */
  async parts(ctx: CallContext, id: string): Promise<EditablePart[]> {
    const tables = Object.values(EDITABLE).filter((one) => mayEdit(ctx.permissions, one));
    return tables.length === 0 ? [] : ctx.db.query(PARTS, [ctx.orgId, id, tables.map(({ table }) => table)]);
  }

  /** Undefined where there is none, or none that the caller may edit. */
  async row(ctx: CallContext, id: string): Promise<EditableRow | undefined> {
    const table = tableOf(id);
    if (table === undefined || !mayEdit(ctx.permissions, table)) return undefined;
    const [row] = await ctx.db.query<Row[]>(rowOf(table), [ctx.orgId, id]);
    if (row === undefined) return undefined;
    const fields = Object.fromEntries(Object.entries(table.fields).filter(([, { permission }]) => !permission || can(ctx, permission)));
    const lists = LISTS.filter((list) =>
      Object.values(fields).some(({ kind }) => typeof kind === 'object' && 'names' in kind && kind.names === list),
    );
    const choices = await ctx.db.query<{ list: NamedTable; name: string }[]>(CHOICES, [ctx.orgId, lists]);
    return {
      ...{ id, of: row.of, noun: table.noun, label: row.label, version: row.version, fields, texts: row.texts },
      choices: Object.fromEntries(lists.map((list) => [list, choices.filter((one) => one.list === list).map(({ name }) => name)])),
      ...(row.from !== null && { from: row.from }),
    };
  }

  /** All or nothing; scenarios that touch the row follow in the same transaction. @throws EditRefused with the reason */
  async save(editor: Editor, edit: Edit): Promise<void> {
    const table = tableOf(edit.id);
    if (table === undefined || !mayEdit(editor.permissions, table)) throw new EditRefused('Your role may not edit this.');
    const { orgId, tenantId, userId } = editor;
    const { requestId, ip } = editor;
    await this.database
      .app({ orgId, tenantId, userId }, async (db) => {
        const fields = (await write(db, editor, table, edit)).join(' ');
        const details = { id: edit.id, fields };
        await this.audit.recordIn(db, { kind: 'live.edited', outcome: 'ok', orgId, tenantId, userId, requestId, ip, details });
      })
      .catch((error: unknown) => {
        throw refusalOf(error);
      });
  }
}

function tableOf(id: string): EditableTable | undefined {
  const [prefix = ''] = id.split('_');
  return /^[a-z]+_[a-z2-7]{12}$/.test(id) && Object.hasOwn(EDITABLE, prefix) ? EDITABLE[prefix] : undefined;
}

function mayEdit(permissions: ReadonlySet<Permission>, { permission }: EditableTable): boolean {
  return permissions.has('live.write') && permissions.has(permission);
}

/** Begins with live_rev, as every live write does: that row lock orders them. @returns the columns that were given */
async function write(db: EntityManager, { orgId, permissions }: Editor, table: EditableTable, edit: Edit): Promise<string[]> {
  await db.query(RAISE_REVISION, [orgId]);
  const [row] = await db.query<Row[]>(rowOf(table), [orgId, edit.id]);
  if (row === undefined) throw new EditRefused('It is not there any more.');
  if (row.version !== edit.version)
    throw new EditRefused('Somebody has changed this since you opened it. Look at it as it is now, then edit it again.');
  const fields = Object.entries(table.fields).filter(
    ([column, { permission }]) => edit.values[column] !== undefined && (!permission || permissions.has(permission)),
  );
  const values = Object.fromEntries(fields.map(([column, field]) => [column, readField(column, field, edit.values[column] ?? '')]));
  const patch = JSON.stringify(await withIds(db, orgId, fields, values));
  const columns = fields.map(([column]) => column);
  if (table.from && row.from !== null && edit.from !== undefined && edit.from !== row.from) {
    await addLater(db, orgId, { ...table, from: table.from }, edit, row.from, patch);
  } else if (count(await db.query(change(table.table, columns), [orgId, edit.id, patch])) === 0) {
    throw new EditRefused('Nothing is different from what was there.');
  }
  if (table.ends !== undefined) for (const sql of endAllocations(table)) await db.query(sql, [orgId, edit.id]);
  return columns;
}

/** In force from a later day on: the row stays as it was until the day before. */
async function addLater(
  db: EntityManager,
  orgId: string,
  table: EditableTable & { readonly from: NonNullable<EditableTable['from']> },
  { id, from = '' }: Edit,
  first: string,
  patch: string,
): Promise<void> {
  if (!isDay(from)) throw new EditRefused('In force from is no day like 2026-01-31.');
  if (from < first) throw new EditRefused(`This one begins on ${first}: choose that day to correct it, or a later one.`);
  await db.query(addFrom(table), [orgId, id, patch, newId(table.from.prefix), from]);
  if (table.from.until !== undefined) await db.query(closeBefore(table), [orgId, id, from]);
}

/** What is named in fields, as ids: all of them in one statement. */
async function withIds(
  db: EntityManager,
  orgId: string,
  fields: readonly (readonly [string, EditableField])[],
  values: Readonly<Record<string, string | null>>,
): Promise<Record<string, string | null>> {
  const named = fields.flatMap(([column, { kind }]) => {
    const text = values[column];
    return typeof kind === 'object' && 'names' in kind && text ? [{ column, table: kind.names, text: namedBy(text) }] : [];
  });
  if (named.length === 0) return values;
  const asked = named.map(({ table }, index) => `${idsOf(table, `$${index + 2}`)} as r${index}`);
  const [found] = await db.query<Record<string, string[]>[]>(`select ${asked.join(', ')}`, [orgId, ...named.map(({ text }) => text)]);
  const ids = named.map(({ column, table }, index) => {
    const [id, other] = found?.[`r${index}`] ?? [];
    if (id === undefined) throw new EditRefused(`${fieldLabel(column)}: there is no such ${table.replace('_', ' ')}.`);
    if (other !== undefined) throw new EditRefused(`${fieldLabel(column)}: several have this name; give the id of the one that is meant.`);
    return [column, id];
  });
  return { ...values, ...Object.fromEntries(ids) } as Record<string, string | null>;
}

/** TypeORM gives rows, or for UPDATE rows and a count. */
function count(result: unknown): number {
  const [rows] = result as [unknown[]];
  return rows.length;
}
