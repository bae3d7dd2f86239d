import { Injectable } from '@nestjs/common';
import { resolveReferences } from '../../workforce';
import type { Step } from '../write';

export interface NewAllocation {
  readonly employeeId?: string;
  readonly teamId?: string;
  readonly projectId: string;
  readonly fte: number;
  readonly startDate: string;
  readonly endDate?: string;
}

export interface AllocationUpdate {
  readonly allocationId: string;
  readonly fte?: number;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly end: boolean;
}

const ALLOCATION = `select a.id, a.start_date from allocation a where a.org_id = $1 and a.id = $2`;

/** Who works on what, in a scenario. */
@Injectable()
export class AllocationChanges {
  toProject(input: NewAllocation): Step {
    return async (draft) => {
      const { employeeId, teamId, projectId } = await resolveReferences(draft.ctx, [
        { kind: 'emp', field: 'employeeId', given: input.employeeId },
        { kind: 'team', field: 'teamId', given: input.teamId },
        { kind: 'prj', field: 'projectId', given: input.projectId },
      ]);
      const { fte, startDate: start_date, endDate: end_date } = input;
      const id = draft.create('allocation', {
        employee_id: employeeId,
        team_id: teamId,
        target_project_id: projectId,
        fte,
        start_date,
        end_date,
      });
      return { type: 'allocation', id };
    };
  }

  /** `end` ends it today, or takes it away where it has not begun. */
  update(input: AllocationUpdate): Step {
    return async (draft) => {
      const { allocationId } = await resolveReferences(draft.ctx, [{ kind: 'alc', field: 'allocationId', given: input.allocationId }]);
      const [row] = await draft.ctx.db.query<[{ id: string; start_date: string }]>(ALLOCATION, [draft.ctx.orgId, allocationId]);
      if (input.end && row.start_date > draft.today) draft.delete('allocation', row.id);
      else
        draft.update('allocation', row.id, {
          fte: input.fte,
          start_date: input.startDate,
          end_date: input.end ? draft.today : input.endDate,
        });
      return { type: 'allocation', id: row.id };
    };
  }
}
