export { type ScenarioSearch, ScenariosService, type ScenarioSummary } from './scenarios.service';
export { ScenariosModule } from './scenarios.module';
export { SCENARIO_STATUSES } from './statuses';
