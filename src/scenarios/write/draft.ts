import type { CallContext } from '../../access';
import { newId } from '../../database';
import { declared, type Entity } from '../entities';

/** Columns of the entity's table and their values; undefined ones are left out, money is decimal text. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Change {
  readonly id: string;
  readonly op: 'create' | 'update' | 'delete' | 'restore' | 'rebase';
  readonly entity: Entity;
  readonly entityId: string;
  readonly patch: Fields;
}

/** What a call was about: one row by its id, or several. */
export interface WrittenEntity {
  type: string;
  id?: string;
  ids?: string[];
  name?: string;
}

/** Something the user should hear of although it was done. */
export interface Warning {
  code: string;
  message: string;
  ids?: string[];
}

const APPEND = `insert into plan_change (org_id, plan_id, id, op, entity, entity_id, patch, cause, reason)
  select $1, $2, c.id, c.op, c.entity, c.entity_id, c.patch, $4::jsonb, $5
  from jsonb_to_recordset($3::jsonb) c (id text, op text, entity text, entity_id text, patch jsonb)`;

/** Each is folded as it is added: what one statement has time for. */
const AT_ONCE = 100;

/** The changes of one step of a call, in their order, until they are written all at once. */
export class Draft {
  readonly changes: Change[] = [];
  readonly warnings: Warning[] = [];
  /** What the step created that its caller did not name. */
  readonly besides: WrittenEntity[] = [];
  /** Which tool says the step, where it is not the one that was called. */
  tool?: string;
  /** The step that this one takes back, or brings back again. */
  takesBack?: { readonly undoes: string } | { readonly redoes: string };
  /** The step ends somebody's time or drops what was planned: what an organization may want to have confirmed, whatever its tool usually does. */
  removes = false;
  /** To have nothing to change is no mistake of the caller's. */
  mayBeEmpty = false;
  /** Asked once the changes are in; throws where they cannot stay. */
  readonly checks: (() => Promise<void>)[] = [];

  constructor(
    readonly ctx: CallContext,
    readonly planId: string,
    readonly today: string,
  ) {}

  /** @returns the id of the new row */
  create(entity: Entity, row: Fields): string {
    const id = newId(declared(entity).prefix);
    this.add('create', entity, id, row);
    return id;
  }

  update(entity: Entity, id: string, patch: Fields): void {
    if (Object.values(patch).some((value) => value !== undefined)) this.add('update', entity, id, patch);
  }

  delete(entity: Entity, id: string): void {
    this.add('delete', entity, id, {});
  }

  /** A row that the scenario had made and taken away. */
  recreate(entity: Entity, id: string, row: Fields): void {
    this.add('create', entity, id, row);
  }

  /** The columns follow live again; without any, a row that the scenario deletes is there again. */
  restore(entity: Entity, id: string, columns: readonly string[] = []): void {
    this.add('restore', entity, id, Object.fromEntries(columns.map((column) => [column, null])));
  }

  /** What is live now is what the columns, or the row as a whole, were planned against. */
  rebase(entity: Entity, id: string, columns: readonly string[] = []): void {
    this.add('rebase', entity, id, Object.fromEntries(columns.map((column) => [column, null])));
  }

  warn(code: string, message: string, ids?: readonly string[]): void {
    this.warnings.push({ code, message, ...(ids && { ids: ids.slice(0, 20) }) });
  }

  /** The database numbers, checks and folds each (migrations/scenarios/accept-change.ts). `step` and `of` say what belongs together. */
  async append(): Promise<void> {
    const { db, orgId, requestId, clientId, write } = this.ctx;
    const rows = this.changes.map(({ entityId, ...change }) => ({ ...change, entity_id: entityId }));
    const cause = {
      tool: this.tool ?? write?.tool,
      client: clientId,
      request: requestId,
      step: rows[0]?.id,
      of: rows.length,
      ...this.takesBack,
    };
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const some = JSON.stringify(rows.slice(at, at + AT_ONCE));
      await db.query(APPEND, [orgId, this.planId, some, JSON.stringify(cause), write?.reason]);
    }
  }

  private add(op: Change['op'], entity: Entity, entityId: string, fields: Fields): void {
    const patch = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    this.changes.push({ id: newId('chg'), op, entity, entityId, patch });
  }
}
