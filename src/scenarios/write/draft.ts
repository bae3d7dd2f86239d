import type { CallContext } from '../../access';
import { newId } from '../../database';

/** What a scenario can change, with the prefix of its ids (migrations/scenarios/entities.ts). */
const PREFIXES = {
  employee: 'emp',
  employment_terms: 'trm',
  salary_adjustment: 'sal',
  contractor: 'con',
  rate_adjustment: 'rat',
  vacancy: 'vac',
  ai_agent: 'agt',
  team: 'team',
  project: 'prj',
  allocation: 'alc',
  budget: 'bud',
} as const;

export type Entity = keyof typeof PREFIXES;

/** Columns of the entity's table and their values; undefined ones are left out, money is decimal text. */
export type Fields = Readonly<Record<string, unknown>>;

interface Change {
  readonly id: string;
  readonly op: 'create' | 'update' | 'delete' | 'restore' | 'rebase';
  readonly entity: Entity;
  readonly entityId: string;
  readonly patch: Fields;
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

/** The changes of one step of a call, in their order, until they are written all at once. */
export class Draft {
  readonly changes: Change[] = [];
  readonly warnings: Warning[] = [];
  /** Whose heads and FTE, and whose costs, the step may change. */
  readonly employees = new Set<string>();
  readonly resources = new Set<string>();
  /** The first day on which the step makes a difference. */
  day: string;

  constructor(
    readonly ctx: CallContext,
    readonly planId: string,
    readonly today: string,
  ) {
    this.day = today;
  }

  /** @returns the id of the new row */
  create(entity: Entity, row: Fields): string {
    const id = newId(PREFIXES[entity]);
    this.add('create', entity, id, row);
    return id;
  }

  update(entity: Entity, id: string, patch: Fields): void {
    if (Object.values(patch).some((value) => value !== undefined)) this.add('update', entity, id, patch);
  }

  delete(entity: Entity, id: string): void {
    this.add('delete', entity, id, {});
  }

  /** The step takes effect on a day that is still to come. */
  from(day: string | undefined): void {
    if (day !== undefined && day > this.day) this.day = day;
  }

  warn(code: string, message: string, ids?: readonly string[]): void {
    this.warnings.push({ code, message, ...(ids && { ids: ids.slice(0, 20) }) });
  }

  /** The database numbers, checks and folds each (migrations/scenarios/accept-change.ts). */
  async append(): Promise<void> {
    const { db, orgId, requestId, clientId, write } = this.ctx;
    const rows = this.changes.map(({ entityId, ...change }) => ({ ...change, entity_id: entityId }));
    const cause = { tool: write?.tool, client: clientId, request: requestId };
    if (rows.length > 0) await db.query(APPEND, [orgId, this.planId, JSON.stringify(rows), JSON.stringify(cause), write?.reason]);
  }

  private add(op: Change['op'], entity: Entity, entityId: string, fields: Fields): void {
    const patch = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    this.changes.push({ id: newId('chg'), op, entity, entityId, patch });
    if (entity === 'employee') this.employees.add(entityId);
    if (['employee', 'contractor', 'vacancy', 'ai_agent'].includes(entity)) this.resources.add(entityId);
  }
}
