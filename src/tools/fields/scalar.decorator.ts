import { field } from '../../mcp';
import { described, FieldOptions } from './rule';

/** A value of whatever kind the field that it belongs to has; outputs only. */
export function Scalar(description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  return field({ schema: { type: ['string', 'number', 'boolean', 'null'], ...described(description) }, optional });
}
