import { SCENARIO_STATUSES, type Shown } from '../../scenarios';
import { Count, EntityCount, Flag, Id, ListOf, Moment, Nested, OneOf, OPTIONAL, PageOutput, Scalar, TEXT, Words } from '../fields';
import { Member } from '../fields/parts';

class DecisionTaken {
  @Words() act: string;
  @Nested(() => Member) by: Member;
  @Words(undefined, OPTIONAL) reason?: string;
  @Count() rev: number;
  @Moment() at: string;
}

class Comment {
  @Words() id: string;
  @Nested(() => Member) by: Member;
  @Words() body: string;
  @Moment() at: string;
}

export class ScenarioRecord {
  @Id('plan') id: string;
  @Words() title: string;
  @Words() type: string;
  @Words(undefined, OPTIONAL) description?: string;
  @OneOf(SCENARIO_STATUSES) status: (typeof SCENARIO_STATUSES)[number];
  @Count('Rises with every change.') rev: number;
  @Nested(() => Member) owner: Member;
  @ListOf(() => Member, 'Who may edit it, too.') assignees: Member[];
  @Nested(() => Member, undefined, OPTIONAL) submittedBy?: Member;
  @Id('plan', 'What it was copied from.', OPTIONAL) sourcePlanId?: string;
  @Id('plan', 'The merged one that it takes back.', OPTIONAL) reversesPlanId?: string;
  @Moment() createdAt: string;
  @Moment() updatedAt: string;
  @Moment(undefined, OPTIONAL) mergedAt?: string;
  @Count('Live revision after the merge.', OPTIONAL) mergedLiveRev?: number;
  @ListOf(TEXT, 'Scenarios that take it back.', OPTIONAL) reversedBy?: string[];
  @ListOf(() => EntityCount, 'Rows that it touches.') changes: EntityCount[];
  @ListOf(() => DecisionTaken, 'Latest first.') decisions: DecisionTaken[];
  @ListOf(() => Comment, 'Latest first.') comments: Comment[];
  @Words('Where people review, submit and approve it.') reviewUrl: string;
}

class FieldChange {
  @Words() field: string;
  @Scalar('Live now; of a merged one before.', OPTIONAL) from?: Shown;
  @Scalar('In the scenario.', OPTIONAL) to?: Shown;
}

class FieldConflict {
  @Words() field: string;
  @Scalar('Live when it was planned.', OPTIONAL) base?: Shown;
  @Scalar('Live now.', OPTIONAL) live?: Shown;
  @Scalar('In the scenario.', OPTIONAL) plan?: Shown;
}

class Subject {
  @Words() id: string;
  @Words(undefined, OPTIONAL) name?: string;
}

class RowChange {
  @Words() entity: string;
  @Words() id: string;
  @Words() change: string;
  @Words(undefined, OPTIONAL) name?: string;
  @Nested(() => Subject, 'Whose terms, pay, rate or allocation it is.', OPTIONAL) about?: Subject;
  @ListOf(() => FieldChange) fields: FieldChange[];
  @ListOf(() => FieldConflict, undefined, OPTIONAL) conflicts?: FieldConflict[];
}

export class ScenarioDiff extends PageOutput {
  @ListOf(() => RowChange) items: RowChange[];
  @ListOf(TEXT, 'Left out because the caller may not read it.', OPTIONAL) redacted?: string[];
}

export class ScenarioConflicts extends ScenarioDiff {
  @Count('For rebase_scenario.') liveRev: number;
}

class Change {
  @Count() seq: number;
  @Words('For undo_scenario_change.') changeId: string;
  @Words('First change of those that are undone together.') step: string;
  @Flag() undone: boolean;
  @Words() op: string;
  @Words() entity: string;
  @Words() id: string;
  @ListOf(TEXT, undefined, OPTIONAL) fields?: string[];
  @Words(undefined, OPTIONAL) reason?: string;
  @Words(undefined, OPTIONAL) tool?: string;
  @Nested(() => Member) by: Member;
  @Moment() at: string;
}

export class ScenarioHistory extends PageOutput {
  @ListOf(() => Change, 'Newest first.') items: Change[];
}

export class ReviewLink {
  @Id('plan') planId: string;
  @Words() reviewUrl: string;
  @Words() status: string;
  @Words('What a person does there next.') next: string;
}
