/** MCP as a JSON-RPC request of the 2025-06-18 era, for clients that are OAuth libraries and know nothing of MCP. */
export const rpcHeaders = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2025-06-18',
};

export interface RpcAnswer {
  readonly result?: {
    readonly tools?: readonly { readonly name: string }[];
    readonly structuredContent?: unknown;
    readonly isError?: boolean;
  };
  readonly error?: unknown;
}

export function rpc(method: string, params: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
}
