import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { AnalyticsService } from '../../analytics';
import { ReadTool } from '../../mcp';
import { ListMetrics, QueryAnalytics } from './analytics.input';
import { AnalyticsTable, MetricList } from './analytics.output';

@Injectable()
export class AnalyticsTools {
  constructor(private readonly analytics: AnalyticsService) {}

  @ReadTool({
    name: 'query_analytics',
    toolset: 'core',
    title: 'Query analytics',
    description:
      'Figures such as headcount, cost or utilisation, split by team, place, project, month and so on. list_metrics says what each means.',
    permissions: ['analytics.read'],
    input: QueryAnalytics,
    output: AnalyticsTable,
  })
  query(ctx: CallContext, input: QueryAnalytics): Promise<AnalyticsTable> {
    return this.analytics.answer(ctx, input);
  }

  @ReadTool({
    name: 'list_metrics',
    toolset: 'core',
    title: 'List metrics',
    description: 'What query_analytics can measure: each metric with its unit, its meaning and what it can be split by.',
    permissions: ['analytics.read'],
    input: ListMetrics,
    output: MetricList,
  })
  list(ctx: CallContext, { group }: ListMetrics): Promise<MetricList> {
    return Promise.resolve(this.analytics.vocabulary(ctx, group));
  }
}
