import { Count, Currency, DateOnly, Id, type IdName, ListOf, Nested, OneOf, OPTIONAL, Ref, Scalar, TEXT, Words } from '../fields';
import { Period, Warning } from '../fields/parts';

class Figure {
  @Words('As in list_metrics.') metric: string;
  @Words() unit: string;
  @Scalar('None: hidden, or nothing to divide by.', OPTIONAL) value?: string | number;
  @Scalar(undefined, OPTIONAL) baseline?: string | number;
  @Scalar('value less baseline.', OPTIONAL) change?: string | number;
}

class Part extends Period {
  @ListOf(() => Figure) figures: Figure[];
  @ListOf(() => Warning, undefined, OPTIONAL) warnings?: Warning[];
}

const BASELINES = ['live', 'scenario'] as const;

class Baseline {
  @OneOf(BASELINES) what: string;
  @Id('plan', undefined, OPTIONAL) planId?: string;
  @Count(undefined, OPTIONAL) planRev?: number;
}

export class Summary {
  @DateOnly() asOf: string;
  @Currency('Of every amount.', OPTIONAL) currency?: string;
  @Id('plan', undefined, OPTIONAL) planId?: string;
  @Count(undefined, OPTIONAL) planRev?: number;
  @Nested(() => Baseline, undefined, OPTIONAL) baseline?: Baseline;
  @ListOf(() => Part, 'Of asOf, of its month, and of its fiscal year.') parts: Part[];
  @ListOf(TEXT, 'Metrics left out because the caller may not read them.', OPTIONAL) redacted?: string[];
}

export class UnitSummary extends Summary {
  @Ref('Counted with all teams below it.') unit: IdName;
}
