import { Injectable, OnModuleInit } from '@nestjs/common';
import { type CallContext, can, missingPermissions } from '../../access';
import { Database } from '../../database';
import { type Entity, ENTITY_NAMES, fieldName } from '../entities';
import { OVER_ALLOCATED, TEAM_SHORTFALL } from './allocation-rules.sql';
import type { Change, Draft } from './draft';
import { invalid } from './plan-errors';
import {
  FOREIGN_KEYS,
  ForeignKey,
  inUseRule,
  OTHER_RULES,
  referenceRule,
  rulesOf,
  UNIQUE_INDEXES,
  UniqueIndex,
  uniqueRule,
} from './plan-rules.sql';

export interface Fault {
  readonly id: string;
  /** A column, or the table that still refers to a deleted row. */
  readonly field: string;
  readonly rule: 'missing' | 'taken' | 'uncovered' | 'circle' | 'in_use';
}

/** A row that a scenario touches, or a change of one. */
export interface TouchedRow {
  readonly entity: Entity;
  readonly id: string;
  readonly op: Change['op'];
}

export interface OverAllocated {
  readonly id: string;
  readonly name: string;
  readonly day: string;
  readonly fte: number;
  readonly contracted: number;
}

interface Shortfall {
  readonly id: string;
  readonly name: string;
  readonly day: string;
  readonly wanted: number;
  readonly available: number;
}

/**
 * Holds what a scenario has changed to the rules of live data, over its own world: a merge would fail on them. Foreign
 * keys and unique indexes are read from the database once, so a rule that a migration adds is held here, too.
 */
@Injectable()
export class PlanRules implements OnModuleInit {
  private readonly changed = new Map<string, string>();
  private readonly deleted = new Map<string, string>();

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    const { keys, uniques } = await this.database.app({}, async (db) => ({
      keys: await db.query<ForeignKey[]>(FOREIGN_KEYS),
      uniques: await db.query<UniqueIndex[]>(UNIQUE_INDEXES, [ENTITY_NAMES]),
    }));
    for (const entity of ENTITY_NAMES) {
      const references = keys.filter(({ child }) => child === entity);
      const rules = [
        ...(references.length > 0 ? [referenceRule(references)] : []),
        ...uniques.filter(({ table }) => table === entity).map(uniqueRule),
        ...OTHER_RULES.filter((rule) => rule.entity === entity).map(({ sql }) => sql),
      ];
      if (rules.length > 0) this.changed.set(entity, rulesOf(entity, rules));
      const uses = keys.filter(({ parent }) => parent === entity).map(inUseRule);
      if (uses.length > 0) this.deleted.set(entity, uses.join('\n  union all'));
    }
  }

  /** @throws ToolError VALIDATION naming what is broken */
  async hold(draft: Draft): Promise<void> {
    await leaveNothingBehind(draft);
    const faults = await this.broken(
      draft.ctx,
      draft.changes.map(({ entity, entityId: id, op }) => ({ entity, id, op })),
    );
    if (faults.length === 0) return;
    const problems = faults.slice(0, 5).map((fault) => ({ field: fieldName(fault.field), problem: sentence(fault) }));
    throw invalid(problems.map(({ problem }) => problem).join(' '), problems);
  }

  /** Which rules of live data the rows break, as the scenario of the call has them. */
  async broken({ db, orgId }: Pick<CallContext, 'db' | 'orgId'>, rows: readonly TouchedRow[]): Promise<Fault[]> {
    const found: Fault[] = [];
    for (const [rules, deleted] of [
      [this.changed, false],
      [this.deleted, true],
    ] as const) {
      const ids = new Map<Entity, Set<string>>();
      for (const { entity, id, op } of rows) if ((op === 'delete') === deleted) ids.set(entity, (ids.get(entity) ?? new Set()).add(id));
      for (const [entity, some] of ids) {
        const sql = rules.get(entity);
        if (sql !== undefined) found.push(...(await db.query<Fault[]>(sql, [orgId, [...some]])));
      }
    }
    return found;
  }

  /** Of whom a step allocates: refuses where the organization does not allow too much, else warns; also of teams that promise too much. */
  async allocations(draft: Draft, subjects: readonly string[], block: boolean): Promise<void> {
    if (!draft.changes.some(({ entity }) => entity === 'allocation' || entity === 'employment_terms')) return;
    await this.warnOfShortfalls(
      draft,
      subjects.filter((id) => id.startsWith('team_')),
    );
    const over = await this.overAllocated(draft.ctx, subjects, draft.today);
    if (over.length === 0) return;
    if (block) throw invalid(tooMuch(over), [{ field: 'fte', problem: 'too much' }]);
    draft.warn(
      'OVER_ALLOCATED',
      overAllocation(over),
      over.map(({ id }) => id),
    );
  }

  private async warnOfShortfalls(draft: Draft, teams: readonly string[]): Promise<void> {
    const { ctx, today } = draft;
    const short = teams.length === 0 ? [] : await ctx.db.query<Shortfall[]>(TEAM_SHORTFALL, [ctx.orgId, teams, today]);
    for (const { id, name, day, wanted, available } of short)
      draft.warn(
        'TEAM_SHORTFALL',
        `${name} is to give ${wanted} FTE to projects from ${day}, but its members have ${available} left: the projects get less.`,
        [id],
      );
  }

  /** Which of the employees and contractors are allocated above what they are paid for, from the day on. */
  async overAllocated({ db, orgId }: Pick<CallContext, 'db' | 'orgId'>, people: readonly string[], day: string): Promise<OverAllocated[]> {
    return people.length === 0 ? [] : db.query<OverAllocated[]>(OVER_ALLOCATED, [orgId, people, day]);
  }
}

export function overAllocation(over: readonly OverAllocated[]): string {
  const shown = over.slice(0, 3).map((one) => `${one.name} has ${one.fte} FTE from ${one.day}, employed for ${one.contracted}`);
  const more = over.length > 3 ? `; and ${over.length - 3} more` : '';
  return `Allocated above what they are employed for: ${shown.join('; ')}${more}.`;
}

/** The same where the organization blocks it. */
export function tooMuch(over: readonly OverAllocated[]): string {
  return `${overAllocation(over)} This organization does not allow it: lower or end one of the allocations.`;
}

/** $1 organization · $2 scenario · $3 changes: whether one deletes a row of live, and whether some of the scenario are hidden from the caller. */
const BEHIND = `
  select exists (select from plan_change c where c.org_id = $1 and c.id = any ($3) and c.base_version is not null) as live,
    p.rev > (select count(*) from plan_change c where c.org_id = $1 and c.plan_id = $2) as hidden
  from plan p where p.org_id = $1 and p.id = $2`;

/** Pay and rates go with their people, also those that the caller does not see: then somebody else has to delete them. */
async function leaveNothingBehind({ ctx, planId, changes }: Draft): Promise<void> {
  const unseen = (['employee', 'contractor'] as const).filter(
    (entity) => !can(ctx, SEEN_WITH[entity]) && changes.some((change) => change.op === 'delete' && change.entity === entity),
  );
  if (unseen.length === 0) return;
  const deleted = changes.filter(({ op, entity }) => op === 'delete' && (unseen as string[]).includes(entity)).map(({ id }) => id);
  const [{ live, hidden }] = await ctx.db.query<[{ live: boolean; hidden: boolean }]>(BEHIND, [ctx.orgId, planId, deleted]);
  const missing = unseen.map((entity) => SEEN_WITH[entity]);
  if (live || hidden) throw missingPermissions(ctx, missing);
}

const SEEN_WITH = { employee: 'compensation.read', contractor: 'financials.read' } as const;

/** A broken rule in words. */
export function sentence({ id, field, rule }: Fault): string {
  switch (rule) {
    case 'missing':
      return `${fieldName(field)}: what it names is not there in this scenario. Name another, or take the change back.`;
    case 'taken':
      return `${fieldName(field) || 'This'} is taken: another row of this scenario has the same. Choose another.`;
    case 'uncovered':
      return `The employment terms of ${id} would not cover the whole employment without gap or overlap. Correct the days.`;
    case 'circle':
      return `${fieldName(field)}: ${id} would be above itself. Name another, or none.`;
    case 'in_use':
      return `${id} cannot be deleted: ${field.replaceAll('_', ' ')} still refers to it. End it by a date or a status instead.`;
  }
}
