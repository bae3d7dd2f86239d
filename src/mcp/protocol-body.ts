import { isJsonContentType } from '@modelcontextprotocol/server';
import type { OwnBodyContent } from '../access';

/** Deepest nesting of a JSON body; recursion over deeper ones could end the process (IN-1). */
const MAX_DEPTH = 64;

/** Messages that one JSON-RPC batch of a 2025-03-26 client may hold. */
export const MAX_BATCH = 10;

/** A body that is not usable JSON-RPC, with the code and status that say so. */
export class ProtocolBodyError extends Error {
  constructor(
    readonly code: -32700 | -32600 | -32000,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** Text → JSON with the limits of the endpoint. Prototype keys are refused before anything could merge them (IN-2). */
export function parseProtocolBody(contentType: string | undefined, content: OwnBodyContent): unknown {
  if (content === 'too large') throw new ProtocolBodyError(-32000, 'The request body is larger than 1 MiB.', 413);
  if (!isJsonContentType(contentType ?? null)) throw new ProtocolBodyError(-32000, 'Send the message as application/json.', 415);
  const body = content.toString('utf8');
  if (nesting(body) > MAX_DEPTH) throw new ProtocolBodyError(-32600, `The JSON is nested deeper than ${MAX_DEPTH} levels.`);
  const value = parse(body);
  if (hasPollutingKey(value)) throw new ProtocolBodyError(-32600, 'The JSON has a member named like an object prototype.');
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ProtocolBodyError(-32700, 'Parse error: the request body is not valid JSON.');
  }
}

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index);
    else if (character === '{' || character === '[') deepest = Math.max(deepest, (depth += 1));
    else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}

function hasPollutingKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.hasOwn(value, '__proto__')) return true;
  const constructed = Object.hasOwn(value, 'constructor') ? (value as { constructor: unknown }).constructor : undefined;
  if (typeof constructed === 'object' && constructed !== null && Object.hasOwn(constructed, 'prototype')) return true;
  return Object.values(value).some(hasPollutingKey);
}
