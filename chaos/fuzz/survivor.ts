import { Connection, postJson, refresh, Tokens } from '../../test/support/oauth-flow';
import { LEGACY } from './rpc-messages';

/** One JSON-RPC request of the 2025 era; waits where the budget is used up. */
export async function ask<R>(origin: string, token: string, method: string, params: object = {}): Promise<R> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': LEGACY[1],
  };
  for (;;) {
    const response = await postJson(`${origin}/api/mcp`, { jsonrpc: '2.0', id: 1, method, params }, headers);
    if (response.status === 429) {
      await response.arrayBuffer();
      await new Promise((resolve) => setTimeout(resolve, 1_000 * Number(response.headers.get('retry-after') ?? 1)));
      continue;
    }
    if (response.status !== 200) throw new Error(`${method} was answered with ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { result: R }).result;
  }
}

/** Whether the connection that the fuzz was made with still calls tools, refreshes, and calls again. */
export async function survives(origin: string, connection: Connection): Promise<boolean> {
  const works = async (token: string): Promise<boolean> => {
    const { isError } = await ask<{ isError?: boolean }>(origin, token, 'tools/call', { name: 'get_organization_context', arguments: {} });
    return isError !== true;
  };
  const before = await works(connection.access_token).catch(() => false);
  const response = await refresh(origin, connection.client, connection.refresh_token);
  if (!before || response.status !== 200) return false;
  return works(((await response.json()) as Tokens).access_token).catch(() => false);
}
