import { Injectable } from '@nestjs/common';
import type { Entity } from '../entities';
import { BELONGINGS } from '../subjects.sql';
import { invalid, type Step } from '../write';
import { mayRevise, type RowOfPlan } from './may-revise';
import { giveBack } from './rebase.service';

export interface Discard {
  /** A row, with its terms, pay, rates and allocations. */
  readonly entityId?: string;
  /** All rows of a kind. */
  readonly entity?: Entity;
  readonly all: boolean;
}

interface Row extends RowOfPlan {
  readonly op: 'create' | 'update' | 'delete';
}

/** $1 organization · $2 scenario · $3 only the row, and what belongs to it · $4 only the kind */
const ROWS = `
  select s.entity, s.id, s.op, s.patch from plan_state s
  where s.org_id = $1 and s.plan_id = $2 and ($4::text is null or s.entity = $4)
    and ($3::text is null or s.id = $3 or s.id in (${BELONGINGS}))
  order by s.entity, s.id`;

/** The database hides changes of pay from who may not see it. */
const HIDDEN = `select p.rev > (select count(*) from plan_change c where c.org_id = $1 and c.plan_id = $2) as hidden from plan p where p.org_id = $1 and p.id = $2`;

/** Takes changes out of a scenario, whoever made them and when: what they were about is as it is live. */
@Injectable()
export class Discards {
  discard({ entityId, entity, all }: Discard): Step {
    return async (draft) => {
      const { db, orgId } = draft.ctx;
      if ([entityId !== undefined, entity !== undefined, all].filter(Boolean).length !== 1)
        throw invalid('Pass one of entityId, entity, or all: true.', [{ field: 'entityId', problem: 'or entity, or all: true' }]);
      const rows = await db.query<Row[]>(ROWS, [orgId, draft.planId, entityId ?? null, entity ?? null]);
      if (rows.length === 0)
        throw invalid('The scenario changes nothing of that: get_scenario_diff lists what it changes.', [
          { field: entity === undefined ? (all ? 'all' : 'entityId') : 'entity', problem: 'is about nothing that it changes' },
        ]);
      mayRevise(draft, rows);
      const [{ hidden }] = await db.query<[{ hidden: boolean }]>(HIDDEN, [orgId, draft.planId]);
      if (hidden && all) draft.warn('PAY_KEPT', 'The scenario changes pay or rates that you may not see; those changes stay.');
      for (const row of rows) {
        if (row.op === 'create') draft.delete(row.entity, row.id);
        else giveBack(draft, row);
      }
      return { type: 'scenario', id: draft.planId, ids: rows.slice(0, 100).map(({ id }) => id) };
    };
  }
}
