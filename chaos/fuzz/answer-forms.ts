import { Answer, headerOf } from './answer';
import type { Input } from './input';

const OAUTH_ERRORS = new Set([
  ...[
    'invalid_request',
    'invalid_client',
    'invalid_grant',
    'unauthorized_client',
    'unsupported_grant_type',
    'invalid_scope',
    'invalid_target',
  ],
  ...['invalid_redirect_uri', 'invalid_client_metadata', 'access_denied', 'slow_down', 'not_found', 'mcp_disabled', 'origin_not_allowed'],
]);
const LITERAL_ERRORS = new Set(['unauthorized', 'invalid_token', 'insufficient_scope', 'mcp_disabled']);

/** JSON-RPC, OAuth and pages each have their form, for refusals too. */
export function formProblem(input: Input, answer: Answer, text: string): string | undefined {
  // HEAD is answered without a body.
  if (input.form === undefined || input.head.startsWith('HEAD ')) return undefined;
  if (input.form === 'protocol') return protocolProblem(input, answer, text);
  return input.form === 'oauth' ? oauthProblem(answer, text) : pageProblem(answer, text);
}

function protocolProblem(input: Input, answer: Answer, text: string): string | undefined {
  const type = headerOf(answer, 'content-type') ?? '';
  if (answer.status === 202 || answer.status === 204) return text === '' ? undefined : `status ${answer.status} has a body`;
  if (type === 'text/event-stream') return eventsProblem(text);
  const value = parsed(text);
  if (!/^application\/json/.test(type) || value === undefined) return `status ${answer.status} is not JSON`;
  if (isLiteral(value)) return answer.status === 401 || answer.status === 403 ? undefined : `status ${answer.status} is no JSON-RPC`;
  const messages = Array.isArray(value) ? value : [value];
  const problem = messages.map(messageProblem).find((one) => one !== undefined);
  if (problem !== undefined || answer.status !== 200 || input.id === undefined) return problem;
  return (value as { id?: unknown }).id === input.id ? undefined : 'the answer has another id than the request';
}

/** Each event's data is one JSON-RPC message; the last may be cut off where we left. */
function eventsProblem(text: string): string | undefined {
  const events = text.split('\n\n').slice(0, -1);
  const data = events.flatMap((event) => event.split('\n').filter((line) => line.startsWith('data: '))).map((line) => line.slice(6));
  return data
    .filter((one) => one !== '')
    .map((one) => messageProblem(parsed(one)))
    .find((one) => one !== undefined);
}

function messageProblem(value: unknown): string | undefined {
  const message = object(value);
  if (message?.['jsonrpc'] !== '2.0') return 'a message is no JSON-RPC';
  if ('method' in message) return undefined;
  if ('error' in message === 'result' in message) return 'a message has neither or both of result and error';
  if ('result' in message) return message['id'] === undefined ? 'a result has no id' : resultProblem(message['result']);
  const { code, message: sentence } = object(message['error']) ?? {};
  if (!Number.isInteger(code) || typeof sentence !== 'string') return 'a JSON-RPC error has no code or message';
  return code === -32603 ? 'the JSON-RPC error is Internal error' : undefined;
}

/** A refusal is written as JSON text; INTERNAL is what everything unforeseen becomes. */
function resultProblem(result: unknown): string | undefined {
  const { isError, content } = object(result) ?? {};
  if (isError !== true || !Array.isArray(content)) return undefined;
  const refusal = object(parsed(String(object(content[0])?.['text'])));
  if (typeof refusal?.['code'] !== 'string') return 'a tool’s refusal has no code';
  return refusal['code'] === 'INTERNAL' ? 'a tool answers INTERNAL' : undefined;
}

function oauthProblem(answer: Answer, text: string): string | undefined {
  const value = object(parsed(text));
  if (answer.status === 200 && text === '') return undefined;
  if (!/^application\/json/.test(headerOf(answer, 'content-type') ?? '') || !value) return `status ${answer.status} is not JSON`;
  if (headerOf(answer, 'cache-control') !== 'no-store') return 'an OAuth answer may be cached';
  if (Object.values(value).includes(null)) return 'an OAuth answer has a null member';
  if (answer.status < 400) return undefined;
  const known = OAUTH_ERRORS.has(String(value['error'])) && typeof value['error_description'] === 'string';
  return known && Object.keys(value).length === 2 ? undefined : `status ${answer.status} is no OAuth error`;
}

/** A page with its policy, a redirect, or JSON for programs. */
function pageProblem(answer: Answer, text: string): string | undefined {
  const type = headerOf(answer, 'content-type') ?? '';
  if (/^text\/html/.test(type))
    return /default-src 'none'/.test(headerOf(answer, 'content-security-policy') ?? '')
      ? undefined
      : 'a page has no content security policy';
  if (answer.status === 303) return headerOf(answer, 'location') === undefined ? 'a redirect leads nowhere' : undefined;
  const value = object(parsed(text));
  return typeof value?.['error'] === 'string' ? undefined : `status ${answer.status} is neither page nor error`;
}

function isLiteral(value: unknown): boolean {
  return LITERAL_ERRORS.has(String(object(value)?.['error']));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function object(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}
