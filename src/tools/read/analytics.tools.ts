import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { AnalyticsService } from '../../analytics';
import { ReadTool } from '../../mcp';
import { QueryAnalytics } from './analytics.input';
import { AnalyticsTable } from './analytics.output';

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
}
