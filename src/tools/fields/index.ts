export { Count, Currency, Figure, Fte, Money } from './amount.decorator';
export { Flag, OneOf, SomeOf } from './choice.decorator';
export { AsOf, DateOnly, From, Moment, To } from './date.decorator';
export { Id, type IdPrefix, PlanId } from './id.decorator';
export { ID_NAME, type IdName, ListOf, Nested, Ref, TEXT, Texts } from './list.decorator';
export { Part, Parts } from './object.decorator';
export { Cursor, Limit, Paged, PageOutput } from './paging.decorator';
export { type FieldOptions, OPTIONAL } from './rule';
export { Text, Words } from './text.decorator';
