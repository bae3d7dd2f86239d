import { Injectable } from '@nestjs/common';
import { type CallContext, pageOf, ToolError, visiblePlan } from '../access';
import { inWorld, newId } from '../database';
import type { Entity } from './entities';
import { mayPlan } from './may-plan';
import { brokenRule, Confirmation, once, type WriteAnswer } from './write';

export interface NewScenario {
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly sourcePlanId?: string;
}

const INSERT = `insert into plan (org_id, id, title, type, description, owner_id, source_plan_id) values ($1, $2, $3, $4, $5, $6, $7)`;

/** Changes of the source in their order, made anew on what is live now. $1 organization · $2 source · $3 copy · $4 new ids */
const COPY = `
  insert into plan_change (org_id, plan_id, id, op, entity, entity_id, patch, cause, reason)
  select $1, $3, n.id, c.op, c.entity, c.entity_id, c.patch, c.cause, c.reason
  from (select c.*, row_number() over (order by c.seq) as number from plan_change c where c.org_id = $1 and c.plan_id = $2) c
  join unnest($4::text[]) with ordinality n (id, number) using (number) order by c.seq`;

const COUNT = `select count(*)::integer as count, coalesce(array_agg(distinct entity), '{}') as entities from plan_change where org_id = $1 and plan_id = $2`;

/** New scenarios, empty or as copies. Nothing of the organization is copied, however large it is. */
@Injectable()
export class ScenarioCreation {
  constructor(private readonly confirmation: Confirmation) {}

  /** @throws ToolError NOT_FOUND for a source that the caller does not see, PERMISSION_DENIED for one of changes that they may not make, CONFLICTS_PRESENT where it does not fit live any more, PLAN_MOVED */
  async create(ctx: CallContext, input: NewScenario): Promise<WriteAnswer> {
    return once(ctx, this.confirmation, (today) => this.make(ctx, input, today));
  }

  private async make(ctx: CallContext, input: NewScenario, today: string): Promise<WriteAnswer> {
    const { db, orgId, userId, write } = ctx;
    const planId = newId('plan');
    const source = input.sourcePlanId === undefined ? undefined : await visiblePlan(db, orgId, input.sourcePlanId, 'sourcePlanId');
    await db.query(INSERT, [orgId, planId, input.title, input.type, input.description, userId, source?.id]);
    const changeIds = source === undefined ? [] : await this.copy(ctx, source, planId);
    return {
      planId,
      planRev: changeIds.length,
      changeIds: changeIds.slice(0, 200),
      entity: { type: 'scenario', id: planId, name: input.title },
      impact: { asOf: today, headcount: 0, fte: 0 },
      warnings: [],
      drift: { moved: 0, conflicts: 0 },
      reviewUrl: pageOf(ctx, planId),
      ...(write?.dryRun && { dryRun: true }),
    };
  }

  private async copy(ctx: CallContext, source: { id: string; rev: number }, planId: string): Promise<string[]> {
    const { db, orgId } = ctx;
    const [{ count, entities }] = await db.query<[{ count: number; entities: Entity[] }]>(COUNT, [orgId, source.id]);
    // Row policies hide changes of pay; a copy without them would be another plan.
    if (count !== source.rev) {
      throw new ToolError('PERMISSION_DENIED', 'That scenario changes pay or rates, which you may not see, so you cannot copy it.', {
        hint: 'Start an empty scenario, or ask somebody who may see pay to copy it.',
      });
    }
    mayPlan(ctx, entities);
    const ids = Array.from({ length: count }, () => newId('chg'));
    try {
      await inWorld(db, planId, () => db.query(COPY, [orgId, source.id, planId, ids]));
    } catch (error) {
      if (brokenRule(error).constraint !== 'plan_change_row') throw error;
      throw new ToolError('CONFLICTS_PRESENT', 'That scenario changes rows that live has deleted since, so it cannot be copied as it is.', {
        hint: 'Look at it with get_scenario_conflicts and resolve them with rebase_scenario first.',
      });
    }
    return ids;
  }
}
