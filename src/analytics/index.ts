export { AnalyticsModule } from './analytics.module';
export { AnalyticsService } from './analytics.service';
export { COMPARED } from './comparison';
export { GRANULARITIES, type Granularity, type PresetName, PRESETS } from './calendar';
export { DIMENSION_NAMES } from './dimensions';
export type { MetricListing } from './listing';
export { METRIC_GROUPS, METRIC_NAMES } from './metrics';
export { type AnalyticsAnswer, type AnalyticsQuery, type Cell, type Column, type Operator, OPERATORS, PERIOD } from './query';
export { mayRead, SummaryService } from './summary.service';
