import { ToolError } from '../access';

export function invalid(field: string, problem: string): ToolError {
  return new ToolError('VALIDATION', problem, {
    hint: 'Call again with this corrected. list_metrics tells what each metric can be split by.',
    retryable: true,
    details: { fields: [{ field, problem }] },
  });
}
