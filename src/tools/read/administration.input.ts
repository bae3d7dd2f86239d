import { DateOnly, Id, OneOf, OPTIONAL, Paged, Text } from '../fields';

const OUTCOMES = ['ok', 'refused', 'failed'] as const;

export class GetActivityLog extends Paged {
  @DateOnly('First day.', OPTIONAL) from?: string;
  @DateOnly('Last day.', OPTIONAL) to?: string;
  @Id('usr', 'Only of this user.', OPTIONAL) userId?: string;
  @Text('Only calls of this tool.', { ...OPTIONAL, max: 64 }) tool?: string;
  @OneOf(OUTCOMES, 'Only with this outcome.', OPTIONAL) outcome?: (typeof OUTCOMES)[number];
}
