/** A client that asks the product one request after the other. */
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Product } from '../test/support/product';
import { BENCH } from './population';
import { Asked, READ_CASES, ReadCase } from './read-cases';

export type Ask = (method: string, params: object) => Promise<Record<string, unknown>>;

/** Asks over one connection that stays open, by `node:http`: `fetch` takes one to two milliseconds of its own. */
export function asker(product: Product, token: string): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = {
    host: new URL(product.origin(BENCH.slug)).host,
    authorization: `Bearer ${token}`,
    'mcp-protocol-version': '2025-11-25',
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const options = { agent, host: '127.0.0.1', port: product.port, path: '/api/mcp', method: 'POST', headers };
  const post = (body: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      request(options, (answer) => void json(answer).then(resolve, reject))
        .on('error', reject)
        .end(body);
    });
  return async (method, params) => {
    const answer = await post(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
    return (answer as { result: Record<string, unknown> }).result;
  };
}

/** A server in use has had the time to compile what it runs often: before anything is measured it is asked for so long. */
const WARM_UP_MS = 30_000;

/** @param rows what is asked about, each by another tool than the one before it */
export async function warmUp(ask: Ask, rows: readonly Asked[]): Promise<void> {
  const until = performance.now() + WARM_UP_MS;
  for (let number = 0; performance.now() < until; number += 1) {
    const { tool, input } = READ_CASES[number % READ_CASES.length] as ReadCase;
    await ask('tools/call', { name: tool, arguments: input(rows[number % rows.length] as Asked) });
  }
}
