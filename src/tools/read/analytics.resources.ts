import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { Resource } from '../../mcp';
import { AnalyticsTools } from './analytics.tools';

/** For clients that attach data instead of calling tools. */
@Injectable()
export class AnalyticsResources {
  constructor(private readonly tools: AnalyticsTools) {}

  @Resource({
    name: 'metrics-catalog',
    toolset: 'core',
    uri: 'metrics://catalog',
    title: 'Metrics',
    description: 'What query_analytics can measure: each metric with its unit, its meaning and what it can be split by.',
    permissions: ['analytics.read'],
  })
  metrics(ctx: CallContext): Promise<object> {
    return this.tools.list(ctx, {});
  }
}
