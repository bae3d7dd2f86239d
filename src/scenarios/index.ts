export * from './changes';
export { type Entity, ENTITY_NAMES } from './entities';
export * from './revision';
export { type NewScenario, ScenarioCreation } from './create-scenario.service';
export { ComparisonService } from './review/comparison.service';
export { type Problem, ScenarioValidation } from './review/validation.service';
export { type DeletedScenario, type Description, type NewComment, ScenarioActs } from './scenario-acts.service';
export { ScenariosModule } from './scenarios.module';
export { type ScenarioSearch, ScenariosService, type ScenarioSummary } from './scenarios.service';
export { SCENARIO_STATUSES } from './statuses';
export { type Difference, type DifferenceCount, DifferencesService, type Shown, titleOf } from './review/differences.service';
export {
  type Decision,
  isReviewAct,
  type LockedPlan,
  possibleActs,
  reversalRefusal,
  type ReviewAct,
  ReviewRefused,
  STATUS_WORDS,
} from './review/review-acts';
export { ReversalService } from './review/reversal.service';
export { type PageActor, ReviewService } from './review/review.service';
export {
  type HistoryEntry,
  INBOX_BOXES,
  type InboxBox,
  type InboxItem,
  type Scenario,
  ScenarioReading,
} from './review/scenario-reading.service';
export { PlanWriter, type Step, type WriteAnswer } from './write';
