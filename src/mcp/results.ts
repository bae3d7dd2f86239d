import type { CallToolResult, GetPromptResult, InputRequiredResult, ReadResourceResult } from '@modelcontextprotocol/server';
import { ToolError } from '../access';
import { isUnavailable } from '../database';
import { ReadyResult } from './mcp-call';
import { visible } from './visible-text';

/** About 20,000 tokens; larger answers cost a model more than they tell it. */
const MAX_RESULT_CHARACTERS = 80_000;

export const JSON_TYPE = 'application/json';

/** What is sent to the model for a refusal, and noted in the audit trail. */
export interface ErrorAnswer {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly retryable: boolean;
  readonly requestId: string;
  readonly details?: unknown;
}

export function toolResult(returned: unknown): CallToolResult | InputRequiredResult {
  const made = ready<CallToolResult>(returned);
  if (made) return made;
  const { data, json } = bearable(returned);
  return { content: [{ type: 'text', text: json }], structuredContent: data };
}

export function resourceResult(returned: unknown, uri: string): ReadResourceResult | InputRequiredResult {
  return ready<ReadResourceResult>(returned) ?? { contents: [{ uri, mimeType: JSON_TYPE, text: bearable(returned).json }] };
}

export function promptResult(returned: unknown): GetPromptResult | InputRequiredResult {
  return ready<GetPromptResult>(returned) ?? { messages: [{ role: 'user', content: { type: 'text', text: returned as string } }] };
}

function ready<R extends object>(returned: unknown): R | InputRequiredResult | undefined {
  if (!(returned instanceof ReadyResult)) return undefined;
  bearable(returned.result);
  return returned.result as R | InputRequiredResult;
}

/** Data as a model reads it, refused where a model could not use that much. */
function bearable(data: unknown): { data: unknown; json: string } {
  const shown = visible(data);
  if (shown.json.length <= MAX_RESULT_CHARACTERS) return shown;
  throw new ToolError('RESULT_TOO_LARGE', 'The answer would be longer than a model can use.', {
    hint: 'Ask for less: a lower limit or narrower filters.',
  });
}

/** PostgreSQL's code for a statement that was ended: by its time limit, or because the caller hung up and reads nothing of this. */
const ENDED = '57014';

/** As the gates say it in Retry-After where they cannot be read. */
const RETRY_AFTER_SECONDS = 5;

/** Whether somebody who runs the server should hear of it. */
export function isFault(code: string | undefined): boolean {
  return code === 'INTERNAL' || code === 'UNAVAILABLE';
}

/** What is no refusal of ours, no time limit and no lack of connections becomes INTERNAL: database and third-party text never reaches the model. */
export function errorAnswer(error: unknown, requestId: string): ErrorAnswer {
  if (error instanceof ToolError) return { code: error.code, message: error.message, retryable: false, ...error.extras, requestId };
  if ((error as { code?: string } | undefined)?.code === ENDED) {
    return {
      code: 'RESULT_TOO_LARGE',
      message: 'This takes longer than a call may.',
      hint: 'Ask for less: one team or project, a shorter period, narrower filters.',
      retryable: false,
      requestId,
    };
  }
  if (isUnavailable(error)) {
    return {
      code: 'UNAVAILABLE',
      message: 'The database cannot be reached just now, or has too much to do for this call, too.',
      hint: `Call again after ${RETRY_AFTER_SECONDS} seconds, fewer calls at once; give a change the idempotencyKey that it had.`,
      retryable: true,
      details: { retryAfterSeconds: RETRY_AFTER_SECONDS },
      requestId,
    };
  }
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
