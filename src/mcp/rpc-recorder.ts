import { Injectable } from '@nestjs/common';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { FastifyRequest } from 'fastify';
import { ToolError } from '../access';
import { AuditEvent, AuditService } from '../audit';
import { CallRunner } from './call-runner';
import { errorAnswer, isFault } from './results';
import { auditBase, auditMessage, describeMessage, RpcMessage } from './rpc-exchange';

/** A handler's result and, where it is a refusal, its code for the audit trail. */
export interface Outcome<R> {
  readonly result: R;
  readonly errorCode?: string;
}

/** Runs a handler and writes its event before the result can leave, whatever becomes of it; without the event there is no result. */
@Injectable()
export class RpcRecorder {
  constructor(
    private readonly runner: CallRunner,
    private readonly audit: AuditService,
  ) {}

  async run<R>(
    request: FastifyRequest,
    rpc: { id: unknown; method: string; params?: unknown },
    work: () => Promise<Outcome<R>>,
  ): Promise<R> {
    const message = claim(request, rpc);
    const started = performance.now();
    let failure: unknown;
    const outcome = await work().catch((error: unknown) => {
      failure = error;
      return { errorCode: error instanceof ProtocolError ? `rpc_${error.code}` : errorAnswer(error, request.id).code } as Outcome<R>;
    });
    try {
      await this.audit.record({
        ...auditBase(request),
        ...auditMessage(message),
        ...verdict(outcome.errorCode),
        kind: 'mcp.request',
        httpStatus: 200,
        latencyMs: Math.round(performance.now() - started),
      });
    } catch (error) {
      throw this.asProtocolError(error, request.id, rpc.method);
    }
    message.state = 'recorded';
    if (failure !== undefined) throw this.asProtocolError(failure, request.id, rpc.method);
    return outcome.result;
  }

  /** Resources and prompts have no error result: a refusal of ours becomes a JSON-RPC error with the same structured data. */
  private asProtocolError(error: unknown, requestId: string, method: string): unknown {
    if (error instanceof ProtocolError) return error;
    const answer = errorAnswer(error, requestId);
    if (!(error instanceof ToolError)) this.runner.logUnexpected(error, method, requestId);
    const code = isFault(answer.code) ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams;
    return new ProtocolError(code, answer.message, answer);
  }
}

/** The request's message that a handler answers; the members of a batch are told apart by what they say. */
function claim(request: FastifyRequest, rpc: { id: unknown; method: string; params?: unknown }): RpcMessage {
  const said = describeMessage(rpc);
  const { id, method, tool } = said;
  const own = request.rpc?.find((one) => one.state === 'new' && one.id === id && one.method === method && one.tool === tool) ?? said;
  own.state = 'running';
  return own;
}

function verdict(errorCode: string | undefined): Pick<AuditEvent, 'outcome' | 'severity' | 'errorCode'> {
  if (errorCode === undefined) return { outcome: 'ok', severity: 'info' };
  return { outcome: isFault(errorCode) ? 'failed' : 'refused', severity: 'medium', errorCode };
}
