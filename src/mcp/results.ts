import type { CallToolResult } from '@modelcontextprotocol/server';
import { ToolError } from '../access';

/** About 20,000 tokens; larger answers cost a model more than they tell it. */
const MAX_RESULT_CHARACTERS = 80_000;

/** What is sent to the model for a refusal, and noted in the audit trail. */
export interface ErrorAnswer {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly retryable: boolean;
  readonly requestId: string;
  readonly details?: unknown;
}

export function okResult(data: unknown): CallToolResult {
  return { content: [{ type: 'text', text: jsonText(data) }], structuredContent: data };
}

/** Data as the text that a model reads, whether it came from a tool or a resource. */
export function jsonText(data: unknown): string {
  const text = JSON.stringify(data);
  if (text.length <= MAX_RESULT_CHARACTERS) return text;
  throw new ToolError('RESULT_TOO_LARGE', 'The answer would be longer than a model can use.', {
    hint: 'Ask for less: a lower limit or narrower filters.',
  });
}

/** Everything that is not a refusal of ours becomes INTERNAL: database and third-party text never reaches the model. */
export function errorAnswer(error: unknown, requestId: string): ErrorAnswer {
  if (error instanceof ToolError) return { code: error.code, message: error.message, retryable: false, ...error.extras, requestId };
  return {
    code: 'INTERNAL',
    message: 'Something went wrong on our side. Nothing was changed.',
    hint: `Try once more; if it happens again, give the support this request id: ${requestId}.`,
    retryable: true,
    requestId,
  };
}

/**
 * The error as JSON text in both eras. As structuredContent only for 2026-07-28 clients: the 2025 SDK client holds
 * even an error against the tool's output schema and throws the message away.
 */
export function errorResult(answer: ErrorAnswer, era: 'legacy' | 'modern'): CallToolResult {
  const content = [{ type: 'text' as const, text: JSON.stringify(answer) }];
  return { isError: true, content, ...(era === 'modern' && { structuredContent: { ...answer } }) };
}
