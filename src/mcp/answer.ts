import type { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { toJson } from './premade';

/** What is sent for a protocol request: a JSON document, an event stream, or nothing. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A message, or the messages of a batch. */
  readonly json?: object;
  readonly stream?: Readable | ReadableStream;
}

const EVENT = Buffer.from('event: message\ndata: ');
const END = Buffer.from('\n\n');

export const SSE_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

/** One message as a server-sent event. */
export function event(message: object): Buffer {
  return Buffer.concat([EVENT, toJson(message), END]);
}

/** An error of the endpoint itself, which belongs to no message. */
export function rpcError(status: number, code: number, message: string, headers?: Record<string, string>): Answer {
  return { status, json: { jsonrpc: '2.0', error: { code, message }, id: null }, ...(headers && { headers }) };
}
