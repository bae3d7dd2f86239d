import { DateOnly, Ids, OPTIONAL, PlanId } from '../fields';

export class ValidateScenario {
  @PlanId({ scenario: 'read' }) planId: string;
}

export class CompareScenarios {
  @Ids('plan', 'Which, besides live.', { most: 4 }) planIds: string[];
  @DateOnly('First day of another period.', OPTIONAL) from?: string;
  @DateOnly('Last day.', OPTIONAL) to?: string;
}
