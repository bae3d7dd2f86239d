import { ReadyResult } from '../../mcp';

/** What a model should know before it reviews an organization or explains a cost; resources of their own, so that no tool has to carry them. */
export const ORG_REVIEW_GUIDE = `# Reviewing an organization

1. \`get_organization_context\`: today, currency, fiscal year, counts, how fresh the data is. Name the day in the answer.
2. \`get_org_tree\` (depth 2): teams by level with headcounts. \`subteams\` without rows below means that the depth ends there: go on with its teamId.
3. \`query_analytics\` for figures over many teams: headcount, fte, joiners, leavers, span_of_control_avg, layers_max by team. One call instead of one per team.
4. \`search_employees\` with status on_notice: who leaves. \`search_vacancies\`: who is wanted, and from when.
5. \`search_contractors\`: who works without being employed, and until when.

Headcount counts people by their primary team; FTE counts what they are contracted for. People on notice are employed until their last day. A team's figures hold the teams below it only where the answer says so.
What \`redacted\` names was left out because of missing rights: say so, never estimate it. An answer with hasMore is a part.
`;

export const COSTS_GUIDE = `# How costs come about

- Costs are planned costs of a period, in the organization's reporting currency, by day: every change of pay, rate, exchange rate, allocation, start or end counts from its day.
- Employee: annual salary × contracted FTE by working days (holidays of the place count), plus overhead of the work type, plus bonus accrued evenly.
- Contractor: hourly, daily or monthly rate; no overhead. Vacancy: open and unfilled, from its target start, at the middle of its range × the place's multiplier; on hold and cancelled cost nothing. AI agent: seats and tokens as planned.
- A person's cost is split by allocation; what is allocated to nothing is *unallocated*. All groups and unallocated add up to the total. Allocations above the contract are scaled down, with a warning.
- Cost by team and cost by project are two views of one cost: never add them. Planned AI cost and actual AI spend are two things: never add them.
- An amount without an exchange rate is left out and reported as FX_MISSING with its currency: name it beside the figure.
- Without the right to see pay, costs come from query_analytics alone: whole months, groups of few people without an amount, none in a scenario.
`;

export const WORK_GUIDE = `# Work, and what is spent on it

- Plan and actuals are two things. An *allocation* is what somebody is planned on; *effort* is what they did. A scenario changes plans only: actuals know no planId.
- Plan: \`search_projects\`, \`get_project_details\` (who is allocated, budget, cost), \`find_projects_with_issues\` (where a decision is due).
- Effort: \`get_project_effort\` (who did what, beside plannedFte), \`get_team_effort\` (on which projects). Finished weeks that begin in the period; FTE are their mean. Default: the last three months and this one.
- Look at coverage first: below 0.8 the effort is too incomplete to compare with a plan. \`get_unattributed_effort\` says why, in three buckets that need different people: unlinked work items (their team links them to a project), non-project work (a manager decides whether it is meant), weeks not submitted (who is to be reminded).
- Budgets: \`get_budget_status\`. planned is the cost of the whole period by allocations, toDate its part until the day. A positive variance is money left.
- AI: \`get_ai_usage_summary\`, \`get_ai_spend_by_team\`, \`get_ai_spend_by_person\` tell what AI tools really cost; what AI agents are planned to cost is another figure. Never add them. Adoption is the part of the headcount of the last day that used AI in the period; people count in their primary team, while spend goes to all their teams by FTE. Unmatched accounts belong to no known person: their spend is in totals, and on a line of its own.
- A person in several teams counts in each; their spend is divided by FTE.
`;

export const SCENARIO_REVIEW_GUIDE = `# Reviewing a scenario

- A scenario lies over live data: fields that it does not touch keep following live. Pass its planId to any tool that takes one, and the answer is how things would be.
- \`list_scenarios\` and \`get_scenario\`: which there are, where they stand, what was decided and said. \`get_scenario_diff\`: every row, each field from and to. \`scenario_history\`: who changed what, through which tool, and why.
- What it comes to: \`compare_scenarios\` puts live and up to four scenarios side by side; for more, ask \`query_analytics\` with planId and compareTo. Every writing tool answers its own impact, warnings and drift.
- Conflicts: live moved a field that the scenario changes, to another value. \`get_scenario_conflicts\` shows what it was when it was planned, is live now, and is in the scenario. Show these to the user, then \`rebase_scenario\` with keep live or plan for each, and the liveRev that you saw. Nothing is submitted or merged while one is left.
- Before it is handed in: \`validate_scenario\` names what would refuse it, such as a reference that live has deleted since, and what is doubtful.
- A change that was wrong: \`undo_scenario_change\` takes it back, and can itself be undone. \`discard_scenario_changes\` takes out all that was said about a row.
- Deciding is for people: submit, approve, reject, withdraw and merge are on the page of \`get_scenario_review_link\`, and no tool does them. Who owns or submitted a scenario cannot approve it; an approval is good for exactly the content that was looked at; a submitted scenario is withdrawn before it is changed.
- What \`redacted\` names is left out because of missing rights: pay and amounts of scenarios need compensation.read. Never work them out from totals.
`;

export const MARKDOWN = 'text/markdown';

export interface GuideContents {
  contents: { uri: string; mimeType: string; text: string }[];
}

export function guide(uri: string, text: string): Promise<ReadyResult<GuideContents>> {
  return Promise.resolve(new ReadyResult({ contents: [{ uri, mimeType: MARKDOWN, text }] }));
}
