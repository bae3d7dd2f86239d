import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { Prompt } from '../../mcp';
import { OPTIONAL, Text } from '../fields';
import { Focus, task } from './prompt-task';

class CostTarget extends Focus {
  @Text('How much to save, such as "5 % of the fiscal year" or "200000 EUR".', { ...OPTIONAL, max: 100 }) target?: string;
}

class Horizon extends Focus {
  @Text('Until when, such as "end of the fiscal year"; default: 12 months.', { ...OPTIONAL, max: 100 }) horizon?: string;
}

/** Starting points that a client offers its user as commands. */
@Injectable()
export class ReviewPrompts {
  @Prompt({
    name: 'org_review',
    title: 'Review the organization',
    description: 'A short review of who works where, who is leaving and whose span of control stands out.',
    tools: ['get_organization_context', 'get_org_tree', 'query_analytics', 'search_employees', 'search_vacancies'],
    permissions: ['org.read', 'people.read', 'teams.read'],
    input: Focus,
  })
  organization(ctx: CallContext, { focus }: Focus): Promise<string> {
    return task(ctx, 'Review the organization for me.', focus, [
      'Call get_organization_context for today, the counts and the currency, and get_org_tree for the teams and their headcounts.',
      'Call query_analytics for headcount, joiners, leavers and span_of_control_avg by team over the last 12 months.',
      'Call search_employees with status on_notice: who is leaving, from which teams?',
      'Call search_vacancies: which of these gaps are about to be filled?',
      'Answer in at most ten lines: headcount by upper team, departures that leave a gap, and spans of control above 10 or below 3.',
    ]);
  }

  @Prompt({
    name: 'headcount_plan',
    title: 'Plan headcount',
    description: 'Where headcount stands and where it is heading: joiners, leavers, vacancies and contractors by team and month.',
    tools: ['get_organization_context', 'query_analytics', 'search_employees', 'search_vacancies', 'search_contractors'],
    permissions: ['org.read', 'people.read', 'analytics.read', 'vacancies.read'],
    input: Horizon,
  })
  headcount(ctx: CallContext, { focus, horizon = 'the next 12 months' }: Horizon): Promise<string> {
    return task(ctx, `Draw up a headcount plan for ${horizon}.`, focus, [
      'Call get_organization_context for today and the ids of teams.',
      'Call query_analytics for headcount, joiners and leavers by team and month: the last 12 months, and the months of the plan.',
      'Call search_employees with status on_notice, search_vacancies, and search_contractors for contracts that end within the plan.',
      'Lay it out as a table of months: opening headcount, known joiners, known leavers, vacancies by target start, closing headcount. Then the three gaps that matter most, each with its team.',
      'Offer to write it down as a scenario if the user wants to try changes; change nothing without being asked.',
    ]);
  }

  @Prompt({
    name: 'cost_reduction_options',
    title: 'Find options to reduce cost',
    description: 'Options to reduce planned cost, with their size, risk and what they depend on; decides nothing.',
    tools: ['get_organization_context', 'query_analytics', 'search_vacancies', 'search_contractors', 'search_ai_agents'],
    permissions: ['org.read', 'analytics.read', 'financials.read'],
    input: CostTarget,
  })
  costReduction(ctx: CallContext, { focus, target }: CostTarget): Promise<string> {
    return task(ctx, `Find options to reduce our planned cost${target === undefined ? '' : `. The target: ${target}`}.`, focus, [
      'Call get_organization_context for the currency and the fiscal year, and read guide://costs if your client can.',
      'Call query_analytics for cost_total, cost_contractor, cost_vacancy and ai_planned_cost by team over the rest of the fiscal year.',
      'Call search_vacancies and search_contractors: positions not yet filled, contracts about to end. Call search_ai_agents for seats.',
      'List the options from those that touch no person to those that do: vacancies on hold, contractors who end, unused AI seats, then teams. For each: the saving in the fiscal year with its calculation, the risk, who would have to decide.',
      'Never add cost by team to cost by project. Name no single person as an option.',
    ]);
  }

  @Prompt({
    name: 'vacancy_prioritisation',
    title: 'Prioritise vacancies',
    description: 'Open vacancies in order of need, with the reason for each.',
    tools: ['get_organization_context', 'search_vacancies', 'get_team_details', 'search_employees'],
    permissions: ['org.read', 'vacancies.read', 'teams.read'],
    input: Focus,
  })
  vacancies(ctx: CallContext, { focus }: Focus): Promise<string> {
    return task(ctx, 'Put our open vacancies in order of need.', focus, [
      'Call get_organization_context for today, then search_vacancies for all that are open or on hold.',
      'Call get_team_details for the teams with the most vacancies, with include members, vacancies and projects; search_employees with status on_notice for who is about to leave them.',
      'Rank by: how long the target start is past, work that stops without the role, team below its strength. Keep what you know apart from what you assume.',
      'Answer with a table: place, vacancy, team, target start, reason in one line. Then what could wait, and why.',
    ]);
  }
}
