import { Injectable } from '@nestjs/common';
import type { CallContext } from '../access';
import type { IdName } from './allocation';
import { subjectsOfTeam, teamOf } from './allocations.sql';
import type { Page } from './cursor';
import { listNamed, NamedList, NamedSearch } from './named-list';
import { redactItems } from './rights';

export interface AiAgentSearch extends NamedSearch {
  readonly teamId?: string;
  readonly includeSubteams: boolean;
  /** Only what is planned to run on the day. */
  readonly active: boolean;
}

/** A planned cost line; what was really used is another question. */
export interface AiAgent {
  id: string;
  name: string;
  provider: string;
  status: 'active' | 'ended' | 'future';
  seats: number;
  inputTokensPerMonth: number;
  outputTokensPerMonth: number;
  team?: IdName;
  startDate: string;
  endDate?: string;
  /** Decimal strings; the included tokens cost nothing. */
  price?: {
    perSeatPerMonth: string;
    perMillionInput: string;
    perMillionOutput: string;
    includedInputPerMonth: number;
    includedOutputPerMonth: number;
    currency: string;
  };
}

/** $9 whether only those that run on the day. Prices of tokens are fractions of a cent: they are not rounded. */
const AI_AGENTS: NamedList = {
  named: 'ai_agent',
  columns: `greatest(e.start_date, least(clock.day, coalesce(e.end_date, clock.day))) as fact_day,
        case when e.end_date < clock.day then 'ended' when e.start_date > clock.day then 'future' else 'active' end as status`,
  where: '(not $9::boolean or (e.start_date <= clock.day and (e.end_date is null or e.end_date >= clock.day)))',
  item: `json_build_object('id', e.id, 'name', e.name, 'provider', e.provider, 'status', e.status, 'seats', e.seats,
    'inputTokensPerMonth', e.planned_input_tokens_per_month, 'outputTokensPerMonth', e.planned_output_tokens_per_month,
    'team', ${teamOf('ai_agent_id', 'e.fact_day')}, 'startDate', e.start_date, 'endDate', e.end_date,
    'price', json_build_object('perSeatPerMonth', money_text(e.monthly_per_seat_price),
      'perMillionInput', trim_scale(e.price_per_million_input)::text, 'perMillionOutput', trim_scale(e.price_per_million_output)::text,
      'includedInputPerMonth', e.included_input_tokens_per_month, 'includedOutputPerMonth', e.included_output_tokens_per_month,
      'currency', e.currency))`,
  ofTeam: subjectsOfTeam('ai_agent_id'),
};

@Injectable()
export class AiAgentsService {
  /** Needs teams.read. AI agents by name, then id. */
  async search(ctx: CallContext, search: AiAgentSearch): Promise<Page<AiAgent> & { redacted?: string[] }> {
    const team = { field: 'teamId', given: search.teamId, below: search.includeSubteams };
    return redactItems(ctx, await listNamed<AiAgent>(ctx, AI_AGENTS, search, team, [search.active]), { price: 'financials.read' });
  }
}
