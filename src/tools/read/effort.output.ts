import { BUCKETS } from '../../effort';
import { Count, Figure, Id, type IdName, ListOf, Money, Nested, OneOf, OPTIONAL, PageOutput, Ref, TEXT, Words } from '../fields';
import { Period, Sum, Warning } from '../fields/parts';

class Coverage {
  @Count('Person-weeks.') expectedWeeks: number;
  @Count() submittedWeeks: number;
  @Figure(undefined, OPTIONAL) rate?: number;
}

abstract class EffortPage extends PageOutput {
  @Nested(() => Period) period: Period;
  @Count('Finished weeks that begin in it; FTE are their mean.') weeks: number;
  @Nested(() => Coverage) coverage: Coverage;
}

class Cost extends Sum {
  @ListOf(() => Warning) warnings: Warning[];
}

class WorkItem {
  @Id('wi') id: string;
  @Words() key: string;
  @Words() title: string;
}

class ProjectEffortRow {
  @Ref('emp_ employee, con_ contractor, agt_ AI agent.', OPTIONAL) who?: IdName;
  @Words('YYYY-MM; fte is the mean of its own weeks.', OPTIONAL) month?: string;
  @Nested(() => WorkItem, 'None: on no work item.', OPTIONAL) workItem?: WorkItem;
  @Figure() fte: number;
  @Figure('Of the project.') share: number;
  @Money('In the currency of cost.', OPTIONAL) cost?: string;
}

class ProjectTotals {
  @Figure('Of people and AI agents.') fte: number;
  @Count() people: number;
  @Count() aiAgents: number;
  @Figure('Part of fte.') aiAgentFte: number;
  @Figure('Allocated in the same weeks: people and teams, no AI agents.', OPTIONAL) plannedFte?: number;
}

export class ProjectEffort extends EffortPage {
  @Nested(() => ProjectTotals) totals: ProjectTotals;
  @ListOf(() => ProjectEffortRow) items: ProjectEffortRow[];
  @Nested(() => Cost, 'What these weeks of people and AI agents cost.', OPTIONAL) cost?: Cost;
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}

class TeamEffortRow {
  @Ref() project: IdName;
  @Figure() fte: number;
  @Figure('Of all that the team worked.') share: number;
  @Money('In the currency of cost.', OPTIONAL) cost?: string;
}

class TeamTotals {
  @Figure() fte: number;
  @Figure() projectFte: number;
  @Figure() nonProjectFte: number;
  @Figure('On work items of no project.') unlinkedFte: number;
  @Count() people: number;
}

export class TeamEffort extends EffortPage {
  @Nested(() => TeamTotals) totals: TeamTotals;
  @ListOf(() => TeamEffortRow) items: TeamEffortRow[];
  @Nested(() => Cost, 'What these weeks of people cost.', OPTIONAL) cost?: Cost;
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}

class Unlinked {
  @Figure() fte: number;
  @Figure('Of all effort, on projects too.') share: number;
  @Count() workItems: number;
  @Count() people: number;
}

class NonProject {
  @Figure() fte: number;
  @Figure('Of all effort, on projects too.') share: number;
  @Count() people: number;
}

class NotSubmitted {
  @Count('Person-weeks.') weeks: number;
  @Count() people: number;
}

class UnattributedTotals {
  @Nested(() => Unlinked) unlinked: Unlinked;
  @Nested(() => NonProject) nonProject: NonProject;
  @Nested(() => NotSubmitted) notSubmitted: NotSubmitted;
}

class UnattributedRow {
  @OneOf(BUCKETS) bucket: (typeof BUCKETS)[number];
  @Nested(() => WorkItem, 'Unlinked; none: on no work item.', OPTIONAL) workItem?: WorkItem;
  @Count('On the work item.', OPTIONAL) people?: number;
  @Ref('emp_ employee, con_ contractor, agt_ AI agent.', OPTIONAL) who?: IdName;
  @Figure(undefined, OPTIONAL) fte?: number;
  @Count('Not submitted.', OPTIONAL) weeks?: number;
}

export class UnattributedEffort extends EffortPage {
  @Nested(() => UnattributedTotals, 'fte: also of AI agents, unless of a team; people: without them.') totals: UnattributedTotals;
  @ListOf(() => UnattributedRow, 'The largest of each bucket first.') items: UnattributedRow[];
}
