import { Injectable } from '@nestjs/common';
import { resolveReferences } from '../../workforce';
import type { Step } from '../write';
import { cleared, columnsOf } from './columns';
import { deleteAllocations } from './ends';

const TOKENS = [
  'plannedInputTokensPerMonth',
  'plannedOutputTokensPerMonth',
  'includedInputTokensPerMonth',
  'includedOutputTokensPerMonth',
] as const;
const PLAIN = [
  'name',
  'provider',
  'seats',
  'monthlyPerSeatPrice',
  'pricePerMillionInput',
  'pricePerMillionOutput',
  'currency',
  'startDate',
  'endDate',
  ...TOKENS,
] as const;

export type AiAgentFields = Readonly<Partial<Record<(typeof PLAIN)[number], string | number>>>;

/** AI agents, as planned cost lines, in a scenario. */
@Injectable()
export class AiAgentChanges {
  add(input: AiAgentFields & { readonly name: string; readonly startDate: string; readonly teamId?: string }): Step {
    return async (draft) => {
      const { teamId } = await resolveReferences(draft.ctx, [{ kind: 'team', field: 'teamId', given: input.teamId }]);
      const id = draft.create('ai_agent', columnsOf(input, PLAIN));
      if (teamId)
        draft.create('allocation', { ai_agent_id: id, target_team_id: teamId, fte: 1, start_date: input.startDate, is_primary: true });
      return { type: 'ai_agent', id, name: input.name };
    };
  }

  update(input: AiAgentFields & { readonly aiAgentId: string; readonly clear?: readonly string[] }): Step {
    return async (draft) => {
      const { aiAgentId = '' } = await resolveReferences(draft.ctx, [{ kind: 'agt', field: 'aiAgentId', given: input.aiAgentId }]);
      draft.update('ai_agent', aiAgentId, { ...columnsOf(input, PLAIN), ...cleared(input.clear) });
      return { type: 'ai_agent', id: aiAgentId };
    };
  }

  remove(given: string): Step {
    return async (draft) => {
      const { aiAgentId = '' } = await resolveReferences(draft.ctx, [{ kind: 'agt', field: 'aiAgentId', given }]);
      await deleteAllocations(draft, 'ai_agent_id', [aiAgentId]);
      draft.delete('ai_agent', aiAgentId);
      return { type: 'ai_agent', id: aiAgentId };
    };
  }
}
