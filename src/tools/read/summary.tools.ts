import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { SummaryService } from '../../analytics';
import { ReadTool } from '../../mcp';
import { OrgSummary, OrgUnitMetrics } from './summary.input';
import { Summary, UnitSummary } from './summary.output';

@Injectable()
export class SummaryTools {
  constructor(private readonly summaries: SummaryService) {}

  @ReadTool({
    name: 'org_summary',
    title: 'Organization summary',
    description:
      'Heads, FTE, contractors, vacancies, spans, cost, utilisation and budget of the whole organization; with planId beside live or another scenario.',
    aliases: ['org.summary'],
    toolset: 'core',
    permissions: ['analytics.read', 'people.read'],
    input: OrgSummary,
    output: Summary,
  })
  organization(ctx: CallContext, { baseline, asOf }: OrgSummary): Promise<Summary> {
    return this.summaries.read(ctx, { baseline, asOf });
  }

  @ReadTool({
    name: 'org_unit_metrics',
    title: 'Metrics of a unit',
    description: 'The figures of org_summary for one team with all below it. To compare many teams use query_analytics.',
    aliases: ['org.unit.metrics'],
    toolset: 'core',
    permissions: ['analytics.read', 'people.read', 'teams.read'],
    input: OrgUnitMetrics,
    output: UnitSummary,
  })
  async unit(ctx: CallContext, { teamId, baseline, asOf }: OrgUnitMetrics): Promise<UnitSummary> {
    const unit = await this.summaries.unit(ctx, teamId);
    return { unit, ...(await this.summaries.read(ctx, { baseline, asOf, team: unit.id })) };
  }
}
