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
- Without the right to see pay, groups of few people have no amount, and no cost is shown in a scenario.
`;
