import { Injectable, Logger } from '@nestjs/common';
import { CallToolResult, InputRequiredResult, ProtocolError } from '@modelcontextprotocol/server';
import type { Caller, Narrowing, TenantState } from '../access';
import { ToolError } from '../access';
import { faultOf } from '../database';
import type { PendingCall } from './call-transaction.interceptor';
import { Callable, Catalogue } from './catalogue';
import type { Listed } from './declaration';
import type { RpcRequest } from './mcp-call';
import { errorAnswer, errorResult, isFault, toolResult } from './results';
import { NoInput, validate } from './schema';

/** For whom, and under which request, a call runs. */
export interface CallOrigin {
  readonly caller: Caller;
  readonly tenant: TenantState;
  readonly requestId: string;
  /** Origin of the host that the call came to: one of ours, that serves this tenant. */
  readonly issuer: string;
  readonly narrowing: Narrowing;
  readonly era: 'legacy' | 'modern';
}

/** A result and, where it is a refusal, its code for the audit trail. */
export interface ToolOutcome {
  readonly result: CallToolResult | InputRequiredResult;
  readonly errorCode?: string;
}

/** Runs declared calls: strict validation, then guards and transaction (of the declaration), then the method. */
@Injectable()
export class CallRunner {
  private readonly logger = new Logger(CallRunner.name);

  constructor(private readonly catalogue: Catalogue) {}

  /** Undefined for a tool that does not exist. Every refusal is a result that the model can read and act on. */
  async tool(origin: CallOrigin, name: string, args: unknown, rpc: RpcRequest): Promise<ToolOutcome | undefined> {
    const tool = this.catalogue.tool(name);
    if (tool === undefined) return undefined;
    try {
      if (!this.catalogue.offers(origin.narrowing, tool.declaration)) throw leftOut();
      return { result: toolResult(await this.run(tool, origin, validInput(tool, args), rpc)) };
    } catch (error) {
      // What the client's program has to act on, such as a capability it lacks, is not for the model.
      if (error instanceof ProtocolError) throw error;
      // The query was cancelled because nobody waits for it; that is no fault to look into.
      if (rpc.signal.aborted) return { result: errorResult(errorAnswer(error, origin.requestId), origin.era), errorCode: 'CANCELLED' };
      const answer = errorAnswer(error, origin.requestId);
      if (isFault(answer.code)) this.logUnexpected(error, name, origin.requestId);
      return { result: errorResult(answer, origin.era), errorCode: answer.code };
    }
  }

  /** Reads a resource by URI; undefined where no resource or template matches. */
  async resource(origin: CallOrigin, uri: string, rpc: RpcRequest): Promise<unknown> {
    for (const resource of this.catalogue.resources.values()) {
      const variables = this.catalogue.offers(origin.narrowing, resource.declaration) && matchTemplate(resource.declaration.uri, uri);
      if (variables) return this.run(resource, origin, validInput(resource, variables, readAgain), rpc);
    }
    return undefined;
  }

  async prompt(origin: CallOrigin, name: string, args: unknown, rpc: RpcRequest): Promise<unknown> {
    const prompt = this.catalogue.prompts.get(name);
    if (prompt === undefined || !this.catalogue.offers(origin.narrowing, prompt.declaration)) return undefined;
    return this.run(prompt, origin, validInput(prompt, args), rpc);
  }

  run({ invoke }: Callable, origin: CallOrigin, input: object, rpc: RpcRequest): Promise<unknown> {
    const { caller, tenant, requestId, issuer, narrowing } = origin;
    const offers = (name: string): boolean => this.catalogue.offersTool(narrowing, name);
    const call: PendingCall = { ...caller, tenant, requestId, issuer, offers, signal: rpc.signal, rpc };
    return invoke(call, input);
  }

  logUnexpected(error: unknown, name: string, requestId: string): void {
    this.logger.error(`${name} failed in request ${requestId}`, faultOf(error));
  }
}

function leftOut(): ToolError {
  return new ToolError('TOOL_DISABLED', 'This connection was made with an address that leaves this tool out.', {
    hint: 'Use the tools that tools/list names, or tell the user to connect without /x/… or /readonly in the address.',
  });
}

function validInput({ declaration: { input = NoInput } }: Callable<Listed>, args: unknown, again?: () => string): object {
  return validate(input, args, again);
}

/** Whoever reads a resource sends an address, no arguments. */
function readAgain(): string {
  return 'Read again with the address corrected.';
}

/** `employee://{id}` against `employee://emp_1`: the variables, or undefined. One segment each, no nesting. */
function matchTemplate(template: string, uri: string): Record<string, string> | undefined {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '([^/?#]+)');
  const match = new RegExp(`^${pattern}$`).exec(uri);
  if (!match) return undefined;
  try {
    return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]));
  } catch {
    throw new ToolError('VALIDATION', 'The URI is not well formed.');
  }
}
