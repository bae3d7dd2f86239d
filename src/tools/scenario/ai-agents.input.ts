import { Count, Currency, DateOnly, Id, Money, OPTIONAL, ScenarioWrite, Text } from '../fields';

abstract class AiAgentWrite extends ScenarioWrite {
  @Money('Per million input tokens.', OPTIONAL) pricePerMillionInput?: string;
  @Money('Per million output tokens.', OPTIONAL) pricePerMillionOutput?: string;
  @Count('Input tokens per month.', OPTIONAL) plannedInputTokensPerMonth?: number;
  @Count('Output tokens per month.', OPTIONAL) plannedOutputTokensPerMonth?: number;
  @DateOnly('Last day.', OPTIONAL) endDate?: string;
}

export class AddAiAgent extends AiAgentWrite {
  @Text('Name.') name: string;
  @Text('Provider.', { max: 100 }) provider: string;
  @Count('Seats.', { most: 1_000_000 }) seats: number;
  @Money('Per seat and month.') monthlyPerSeatPrice: string;
  @Currency('Of all prices.') currency: string;
  @DateOnly('First day.') startDate: string;
  @Id('team', 'Team.', OPTIONAL) teamId?: string;
}

export class UpdateAiAgent extends AiAgentWrite {
  @Id('agt', 'Which.') aiAgentId: string;
  @Text('Name.', OPTIONAL) name?: string;
  @Count('Seats.', { ...OPTIONAL, most: 1_000_000 }) seats?: number;
  @Money('Per seat and month.', OPTIONAL) monthlyPerSeatPrice?: string;
  @Currency('Of all prices.', OPTIONAL) currency?: string;
  @DateOnly('First day.', OPTIONAL) startDate?: string;
}

export class DeleteAiAgent extends ScenarioWrite {
  @Id('agt', 'Which.') aiAgentId: string;
}
