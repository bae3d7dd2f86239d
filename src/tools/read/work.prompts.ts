import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { Prompt } from '../../mcp';
import { Focus, task } from './prompt-task';

/** Starting points about what people and AI tools do, and what that costs. */
@Injectable()
export class WorkPrompts {
  @Prompt({
    name: 'ai_spend_review',
    title: 'Review AI spend',
    description: 'What AI tools cost, who uses them, and where spend and adoption do not match.',
    tools: ['get_ai_usage_summary', 'get_ai_spend_by_team', 'get_ai_spend_by_person', 'search_ai_agents'],
    permissions: ['org.read', 'ai_usage.read', 'teams.read'],
    input: Focus,
  })
  aiSpend(ctx: CallContext, { focus }: Focus): Promise<string> {
    return task(ctx, 'Review what we spend on AI tools.', focus, [
      'Call get_ai_usage_summary for the last three full months, and again for the three before: spend, active users and adoption by system.',
      'Call get_ai_spend_by_team for both periods: which teams spend most per active user, which hardly use what is paid for?',
      'If you may, call get_ai_spend_by_person for the team that stands out. Judge usage, not people.',
      'Call search_ai_agents for what was planned; hold it against the actual spend, but never add the two.',
      'Answer in at most twelve lines: spend and trend by system, spend per active user by team, adoption, unmatched accounts with their spend and what would match them, and two things to do.',
    ]);
  }

  @Prompt({
    name: 'effort_vs_plan',
    title: 'Compare effort with the plan',
    description: 'Where people worked on something else than planned, and how far the data carries.',
    tools: ['search_projects', 'get_project_effort', 'get_team_effort'],
    permissions: ['org.read', 'effort.read', 'projects.read', 'allocations.read', 'people.read', 'contractors.read'],
    input: Focus,
  })
  effort(ctx: CallContext, { focus }: Focus): Promise<string> {
    return task(ctx, 'Compare what people worked on with what was planned.', focus, [
      'Call search_projects with status active for the projects and what is allocated to them.',
      'Call get_project_effort for the ten largest, over the last three months: fte beside plannedFte, and coverage.',
      'Where coverage is below 0.8, say that the comparison does not hold, and go on with the others.',
      'Where effort and plan are more than a fifth apart, call get_project_effort with groupBy month: is it a trend?',
      'Call get_team_effort for the teams behind the largest gaps: what did they work on instead?',
      'Answer with a table: project, planned FTE, effort FTE, gap, coverage. Then the three gaps that need a decision, each with its likely reason and who could decide.',
    ]);
  }

  @Prompt({
    name: 'unattributed_effort_triage',
    title: 'Sort out unattributed effort',
    description: 'Effort on no project, and weeks that are missing, sorted by who can do something about it.',
    tools: ['get_unattributed_effort', 'search_projects'],
    permissions: ['org.read', 'effort.read', 'people.read', 'contractors.read'],
    input: Focus,
  })
  unattributed(ctx: CallContext, { focus }: Focus): Promise<string> {
    return task(ctx, 'Sort out the effort that is on no project.', focus, [
      'Call get_unattributed_effort, without and then with each bucket, until you have the rows that make up four fifths of it.',
      'Unlinked: for each of the largest work items call search_projects with words of its title. Propose a project, or say that none fits.',
      'Non-project: say for whom it is more than half of their time.',
      'Not submitted: list who misses most weeks, as a reminder that the user could send. Judge nobody.',
      'Answer in three short lists, one per bucket, each with its share of all effort, and what would raise the coverage most.',
    ]);
  }
}
