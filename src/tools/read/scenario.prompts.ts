import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { Prompt } from '../../mcp';
import { OPTIONAL, Text } from '../fields';
import { Focus, task } from './prompt-task';

class WhichScenario extends Focus {
  @Text('Id or words of the title; default: the one changed last.', { ...OPTIONAL, max: 200 }) scenario?: string;
}

class Reorganization extends Focus {
  @Text('What is to change, such as "merge Brand and Growth under one lead from July".', { max: 500 }) change: string;
}

const FIND = 'Call list_scenarios to find it; if several fit, ask which one is meant.';

const which = (scenario: string | undefined): string =>
  scenario === undefined ? 'the scenario that was changed last' : `this scenario: ${scenario}`;

/** Starting points about scenarios. */
@Injectable()
export class ScenarioPrompts {
  @Prompt({
    name: 'scenario_review',
    title: 'Review a scenario',
    description: 'What a scenario changes, what it comes to, what speaks against it and whether it still fits live data; decides nothing.',
    tools: ['list_scenarios', 'get_scenario', 'get_scenario_diff', 'query_analytics', 'get_scenario_conflicts', 'get_scenario_review_link'],
    permissions: ['org.read', 'scenarios.read'],
    input: WhichScenario,
  })
  review(ctx: CallContext, { focus, scenario }: WhichScenario): Promise<string> {
    return task(ctx, `Review ${which(scenario)}.`, focus, [
      FIND,
      'Call get_scenario for its status and what was decided and said, then get_scenario_diff until hasMore is false.',
      'Call query_analytics twice with the same question, with and without planId: headcount and, if you may, cost_total by team and month, over the months that it touches.',
      'Call get_scenario_conflicts: where live moved away from what it was written against.',
      'Answer in four parts: what it changes, in sentences, by team; what it comes to in heads, FTE and money; risks, such as people without a manager, teams without members, dates that do not meet; conflicts with both values.',
      'Then name the questions that its owner should answer. Approve and reject nothing: people do that on the page of get_scenario_review_link.',
    ]);
  }

  @Prompt({
    name: 'reorg_what_if',
    title: 'Try a reorganization',
    description: 'Writes a reorganization down as a scenario and shows what it comes to; live data stays as it is.',
    tools: [
      'get_org_tree',
      'get_team_details',
      'create_scenario',
      'update_team',
      'add_team',
      'move_employee',
      'org_summary',
      'validate_scenario',
      'get_scenario_diff',
      'get_scenario_review_link',
    ],
    permissions: ['org.read', 'teams.read', 'people.read', 'scenarios.write', 'teams.write', 'people.write'],
    input: Reorganization,
  })
  reorganization(ctx: CallContext, { focus, change }: Reorganization): Promise<string> {
    return task(ctx, `Try this reorganization as a scenario: ${change}.`, focus, [
      'Call get_org_tree and get_team_details for the teams it is about. Say which people, managers and dates you understood, and ask about what is open before you write.',
      'Call create_scenario with type restructure and a title that says what changes, then update_team, add_team and move_employee with its planId and a reason each. Read the warnings of each answer.',
      'Call org_summary with the planId for headcount, span of control and layers beside live, and validate_scenario for what does not hold. Mend what the change itself broke; name the rest.',
      'Call get_scenario_diff and check it against the wish: nothing missing, nothing more.',
      'Answer with a table of teams, before and after: lead, headcount, span. Then what the change does not solve, and the link of get_scenario_review_link.',
    ]);
  }

  @Prompt({
    name: 'prepare_approval_pack',
    title: 'Prepare an approval pack',
    description: 'One page for whoever decides on a scenario: what, why, what it comes to, risks, alternatives.',
    tools: [
      'list_scenarios',
      'get_scenario',
      'get_scenario_diff',
      'scenario_history',
      'get_scenario_conflicts',
      'query_analytics',
      'get_scenario_review_link',
    ],
    permissions: ['org.read', 'scenarios.read'],
    input: WhichScenario,
  })
  approvalPack(ctx: CallContext, { focus, scenario }: WhichScenario): Promise<string> {
    return task(ctx, `Prepare an approval pack for ${which(scenario)}.`, focus, [
      FIND,
      'Call get_scenario, get_scenario_diff until hasMore is false, and scenario_history for the reasons that were given.',
      'Call get_scenario_conflicts. If there are any, say first that it cannot be submitted until its owner resolves them.',
      'Call query_analytics with and without planId for headcount and, if you may, cost_total: by month for 12 months, and by team for the last of them. If you may, ask for budget_variance by team, too: which budgets does it exceed?',
      'Write one page: the decision that is asked for, in one sentence; what changes, by team; heads, FTE and cost per month and over 12 months, live beside scenario; reasons; risks and what was done about each; what happens if it is not approved; open questions.',
      'End with the link of get_scenario_review_link and whose turn it is.',
    ]);
  }
}
