export { Count, Currency, Fte, Money } from './amount.decorator';
export { Flag, OneOf } from './choice.decorator';
export { AsOf, DateOnly, Moment } from './date.decorator';
export { Id, type IdPrefix, PlanId } from './id.decorator';
export { type IdName, ListOf, Nested, Ref, TEXT } from './list.decorator';
export { Limit, Paged, PageOutput } from './paging.decorator';
export { type FieldOptions, OPTIONAL } from './rule';
export { Text, Words } from './text.decorator';
