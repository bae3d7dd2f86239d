import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { AiSpendService, AiUsageService } from '../../ai-spend';
import { ReadTool } from '../../mcp';
import { GetAiSpend, GetAiUsageSummary } from './ai-spend.input';
import { AiSpendByPerson, AiSpendByTeam, AiUsageSummary } from './ai-spend.output';

/** What AI systems really cost; what AI agents are planned to cost is another thing, never added to it. */
@Injectable()
export class AiSpendTools {
  constructor(
    private readonly usage: AiUsageService,
    private readonly spend: AiSpendService,
  ) {}

  @ReadTool({
    name: 'get_ai_usage_summary',
    title: 'Get AI usage summary',
    description: 'Actual AI spend, tokens, sessions, active users and adoption, in total and by AI system.',
    toolset: 'ai',
    permissions: ['ai_usage.read'],
    input: GetAiUsageSummary,
    output: AiUsageSummary,
  })
  summary(ctx: CallContext, input: GetAiUsageSummary): Promise<AiUsageSummary> {
    return this.usage.summary(ctx, input);
  }

  @ReadTool({
    name: 'get_ai_spend_by_team',
    title: 'Get AI spend by team',
    description: 'Actual AI spend, active users and adoption per team, largest spend first.',
    toolset: 'ai',
    permissions: ['ai_usage.read', 'teams.read'],
    input: GetAiSpend,
    output: AiSpendByTeam,
  })
  byTeam(ctx: CallContext, input: GetAiSpend): Promise<AiSpendByTeam> {
    return this.spend.teams(ctx, input);
  }

  @ReadTool({
    name: 'get_ai_spend_by_person',
    title: 'Get AI spend by person',
    description: 'Actual AI spend, tokens and sessions per person, largest spend first; unmatched accounts apart.',
    toolset: 'ai',
    permissions: ['ai_usage.person.read', 'people.read'],
    input: GetAiSpend,
    output: AiSpendByPerson,
  })
  byPerson(ctx: CallContext, input: GetAiSpend): Promise<AiSpendByPerson> {
    return this.spend.people(ctx, input);
  }
}
