import type { Type } from '@nestjs/common';
import { ValidateIf } from 'class-validator';

/** A JSON Schema 2020-12 fragment, as tools/list shows it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One field of a tool's input or output: what validates it and what describes it, stated together so they cannot differ. */
export interface FieldSpec {
  /** A function where the fragment needs a class that is declared later. */
  readonly schema: JsonSchema | (() => JsonSchema);
  /** class-validator rules; outputs need none. */
  readonly rules?: readonly PropertyDecorator[];
  readonly optional?: boolean;
  /** Its value names the scenario that the call reads instead of live data. */
  readonly choosesWorld?: boolean;
  /** Its value names a scenario that the call cannot do without: to change it, or to read it. */
  readonly scenario?: 'changed' | 'read';
  /** The tool that finds what the value names, told where it names nothing. */
  readonly find?: string;
  /** The class of an input's inner object, or of each item of a list of them: made and checked as strictly as the arguments. */
  readonly inner?: { readonly type: () => Type<object>; readonly list: boolean };
}

const FIELDS = new WeakMap<object, Map<string, FieldSpec>>();

/** Makes a property decorator of a field; the domain's own decorators (`@Text`, `@DateOnly` …) are built with it. */
export function field(spec: FieldSpec): PropertyDecorator {
  return (target, property) => {
    const own = FIELDS.get(target) ?? new Map<string, FieldSpec>();
    FIELDS.set(target, own.set(String(property), spec));
    spec.rules?.forEach((rule) => rule(target, property));
    // Not @IsOptional(): that also lets null through, which the schema does not.
    if (spec.optional) ValidateIf((_, value) => value !== undefined)(target, property);
  };
}

/** The fields of a class, inherited ones first. */
export function fieldsOf(type: Function): Map<string, FieldSpec> {
  const chain: Map<string, FieldSpec>[] = [];
  for (let proto = type.prototype as object | null; proto; proto = Object.getPrototypeOf(proto) as object | null) {
    const own = FIELDS.get(proto);
    if (own) chain.unshift(own);
  }
  return new Map(chain.flatMap((own) => [...own]));
}
