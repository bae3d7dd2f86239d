import type { InputRequiredResult, ServerContext } from '@modelcontextprotocol/server';
import type { CallContext } from '../access';

/** The JSON-RPC request that a call answers, as the SDK hands it to a handler. */
export type RpcRequest = ServerContext['mcpReq'];

/** A call with its place in the protocol; most methods need no more of it than the {@link CallContext}. */
export interface McpCall extends CallContext {
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal;
  /** Whether the address that the call came to offers a tool. */
  readonly offers: (tool: string) => boolean;
  /**
   * What the client declared it can do, what it replied to an earlier `inputRequired()`, and `notify()` for progress:
   * a notification before the answer turns the answer into a stream.
   */
  readonly rpc: RpcRequest;
}

/** Returned instead of data where data is not enough: an image, several messages, a question to the user. */
export class ReadyResult<R extends object> {
  constructor(readonly result: R | InputRequiredResult) {}
}
