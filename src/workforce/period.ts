import { ToolError } from '../access';

/** Days as YYYY-MM-DD, both included; either may be left to a default. */
export interface Period {
  readonly from?: string;
  readonly to?: string;
}

/** @throws ToolError VALIDATION for a period that ends before it begins */
export function mustBeInOrder({ from, to }: Period): void {
  if (from === undefined || to === undefined || from <= to) return;
  const problem = 'to must not be before from.';
  throw new ToolError('VALIDATION', problem, {
    hint: 'Call again with from and to the other way round.',
    retryable: true,
    details: { fields: [{ field: 'to', problem }] },
  });
}
