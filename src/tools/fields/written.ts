import { Count, Currency, Figure, Money } from './amount.decorator';
import { Flag } from './choice.decorator';
import { DateOnly } from './date.decorator';
import { Id } from './id.decorator';
import { ListOf, Nested, TEXT } from './list.decorator';
import { OPTIONAL } from './rule';
import { Words } from './text.decorator';

class Entity {
  @Words() type: string;
  @Words(undefined, OPTIONAL) id?: string;
  @ListOf(TEXT, undefined, OPTIONAL) ids?: string[];
  @Words(undefined, OPTIONAL) name?: string;
}

class ImpactOutput {
  @DateOnly('Day of headcount and FTE; monthlyCost is of the first full month from then on.') asOf: string;
  @Figure() headcount: number;
  @Figure() fte: number;
  @Money('Absent for who may not see pay.', OPTIONAL) monthlyCost?: string;
  @Currency(undefined, OPTIONAL) currency?: string;
}

export class WarningOutput {
  @Words() code: string;
  @Words() message: string;
  @ListOf(TEXT, 'The first 20.', OPTIONAL) ids?: string[];
}

export class DriftOutput {
  @Count('Rows of the scenario below which live has moved since.') moved: number;
  @Count('Those of them where live and the scenario say something else.') conflicts: number;
}

/** How many rows of a kind a scenario touches. */
export class EntityCount {
  @Words() entity: string;
  @Count() created: number;
  @Count() updated: number;
  @Count() deleted: number;
  @Count() conflicts: number;
}

/** What every tool answers that changes a scenario. */
export class Written {
  @Id('plan') planId: string;
  @Count('Rises with every change.') planRev: number;
  @ListOf(TEXT, 'The first 200.') changeIds: string[];
  @Nested(() => Entity, 'What was changed.') entity: Entity;
  @ListOf(() => Entity, 'Of several changes, each; with what else was created.', OPTIONAL) entities?: Entity[];
  @Nested(() => ImpactOutput, 'What this call changed.') impact: ImpactOutput;
  @ListOf(() => WarningOutput) warnings: WarningOutput[];
  @Nested(() => DriftOutput) drift: DriftOutput;
  @Words('Where the user reviews and submits the scenario.') reviewUrl: string;
  @Flag('Nothing was changed: ids, planRev and figures are as they would be.', OPTIONAL) dryRun?: boolean;
}
