import { BUDGET_SCOPES } from '../../projects';
import { Currency, DateOnly, Figure, Id, type IdName, ListOf, Money, Nested, OneOf, OPTIONAL, PageOutput, Ref, TEXT } from '../fields';
import { Sum, Warning } from '../fields/parts';

const PERIODS = ['month', 'quarter', 'fiscal_year'] as const;
class Budget {
  @Id('bud') id: string;
  @OneOf(BUDGET_SCOPES) scope: (typeof BUDGET_SCOPES)[number];
  @Ref(undefined, OPTIONAL) target?: IdName;
  @OneOf(PERIODS) period: (typeof PERIODS)[number];
  @DateOnly('The period of the day.') from: string;
  @DateOnly() to: string;
  @DateOnly() effectiveDate: string;
  @Money('None: no exchange rate.', OPTIONAL) amount?: string;
  @Nested(() => Sum, 'Where its currency is another.', OPTIONAL) own?: Sum;
  @Money('Cost of the whole period, by allocations; a team with all below it.', OPTIONAL) planned?: string;
  @Money('Its part until asOf.', OPTIONAL) toDate?: string;
  @Money('amount - planned.', OPTIONAL) variance?: string;
  @Figure('Of amount.', OPTIONAL) plannedShare?: number;
  @Figure('Of amount.', OPTIONAL) toDateShare?: number;
}

export class BudgetStatus extends PageOutput {
  @DateOnly() asOf: string;
  @Currency('Of every amount.') currency: string;
  @ListOf(() => Budget) items: Budget[];
  @ListOf(() => Warning) warnings: Warning[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}
