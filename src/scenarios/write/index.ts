export { Confirmation } from './confirmation.service';
export { type Change, Draft, type Fields, type Warning, type WrittenEntity } from './draft';
export type { Impact } from './impact';
export { brokenRule, invalid } from './plan-errors';
export { overAllocation, PlanRules, sentence, tooMuch, type TouchedRow } from './plan-rules.service';
export { type Drift, PlanWriter, type Step, type WriteAnswer } from './plan-writer.service';
export { once } from './requests';
