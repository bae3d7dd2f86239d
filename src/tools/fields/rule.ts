import { buildMessage, ValidateBy } from 'class-validator';

/** One class-validator rule with one sentence, so that a wrong argument gets one complete answer. `$property` names the field. */
export function rule(name: string, holds: (value: unknown) => boolean, wants: string): PropertyDecorator {
  return ValidateBy({ name, validator: { validate: holds, defaultMessage: buildMessage(() => `$property must be ${wants}`) } });
}

/** What every field decorator takes besides its own arguments. */
export interface FieldOptions {
  readonly optional?: boolean;
}

export const OPTIONAL: FieldOptions = { optional: true };

/** A JSON Schema description, left out where the name of the field says it all. */
export function described(description: string | undefined): { description?: string } {
  return description === undefined ? {} : { description };
}
