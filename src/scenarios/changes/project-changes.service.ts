import { Injectable } from '@nestjs/common';
import { resolveReferences } from '../../workforce';
import type { Draft, Step } from '../write';
import { cleared, columnsOf } from './columns';
import { deleteAllocations, deleteOwned } from './ends';

const PLAIN = [
  'name',
  'description',
  'status',
  'lifecycleStage',
  'capexClass',
  'estimatedCost',
  'currency',
  'startDate',
  'endDate',
] as const;
const REFERENCES = { ownerId: 'emp', valueStreamId: 'vs', costCentreId: 'cc' } as const;

export interface ProjectFields {
  readonly name?: string;
  readonly description?: string;
  readonly status?: string;
  readonly lifecycleStage?: string;
  readonly capexClass?: string;
  readonly estimatedCost?: string;
  readonly currency?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly ownerId?: string;
  readonly valueStreamId?: string;
  readonly costCentreId?: string;
}

export interface ProjectUpdate extends ProjectFields {
  readonly projectId: string;
  readonly clear?: readonly string[];
}

/** Projects in a scenario. */
@Injectable()
export class ProjectChanges {
  add(input: ProjectFields & { readonly name: string }): Step {
    return async (draft) => {
      const id = draft.create('project', {
        ...columnsOf(input, PLAIN),
        ...columnsOf(await references(draft, input), Object.keys(REFERENCES)),
      });
      return { type: 'project', id, name: input.name };
    };
  }

  update(input: ProjectUpdate): Step {
    return async (draft) => {
      const { projectId = '', ...ids } = await references(draft, input);
      draft.update('project', projectId, {
        ...columnsOf(input, PLAIN),
        ...columnsOf(ids, Object.keys(REFERENCES)),
        ...cleared(input.clear),
      });
      return { type: 'project', id: projectId };
    };
  }

  /** Its allocations and budgets go along. */
  remove(given: string): Step {
    return async (draft) => {
      const { projectId = '' } = await references(draft, { projectId: given });
      await deleteAllocations(draft, 'target_project_id', [projectId]);
      await deleteOwned(draft, 'budget', 'project_id', [projectId]);
      draft.delete('project', projectId);
      return { type: 'project', id: projectId };
    };
  }
}

function references({ ctx }: Draft, input: ProjectFields & { projectId?: string }): Promise<Record<string, string>> {
  return resolveReferences(ctx, [
    { kind: 'prj', field: 'projectId', given: input.projectId },
    ...Object.entries(REFERENCES).map(([field, kind]) => ({ kind, field, given: input[field as keyof typeof REFERENCES] })),
  ]);
}
