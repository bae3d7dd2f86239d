import type { FastifyRequest } from 'fastify';
import type { AuditEvent } from '../audit';

/** One JSON-RPC message of a request, as the audit trail sees it. */
export interface RpcMessage {
  readonly id?: unknown;
  readonly method?: string;
  readonly tool?: string;
  readonly argumentNames?: readonly string[];
  /** `running` until its handler has an outcome; whoever answers without a handler leaves it `new`. */
  state: 'new' | 'running' | 'recorded';
  /** Set where the message was refused before any handler of ours saw it. */
  errorCode?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The messages of a protocol request once its body is read; absent when it never was. */
    rpc?: RpcMessage[];
  }
}

/** Reads off a parsed body what may be written down: method, tool, names of arguments; never a value. */
export function describeMessage(message: unknown): RpcMessage {
  const { id, method, params } = membersOf(message);
  const { name, uri, arguments: args } = membersOf(params);
  const target = typeof name === 'string' ? name : typeof uri === 'string' ? uri.split(':', 1)[0] : undefined;
  return {
    state: 'new',
    ...(id !== undefined && { id }),
    ...(typeof method === 'string' && { method: nameOnly(method) }),
    ...(target !== undefined && { tool: nameOnly(target) }),
    ...(typeof args === 'object' && args !== null && { argumentNames: Object.keys(args).map(nameOnly) }),
  };
}

const INVALID_PARAMS = -32602;
const INTERNAL_ERROR = -32603;

/**
 * Marks the messages that an answer refuses, where no handler of ours has recorded them, and gives the answer as it is
 * sent: the SDK calls params that it cannot read a fault of the server in some methods, and shows its parser's words.
 */
export function noteRefusals<A>(messages: readonly RpcMessage[], answer: A): A {
  const open = messages.filter(({ state }) => state === 'new');
  const noted = [answer].flat().map((one: unknown) => {
    const { id, error } = membersOf(one);
    const { code, message: words } = membersOf(error);
    const message = open.length === 1 ? open[0] : open.find((other) => other.id === id);
    if (typeof code !== 'number' || !message) return one;
    const parser = code === INTERNAL_ERROR || (code === INVALID_PARAMS && String(words).includes('{'));
    message.errorCode ??= `rpc_${parser ? INVALID_PARAMS : code}`;
    return parser ? { ...membersOf(one), error: unreadable(message.method) } : one;
  });
  return (Array.isArray(answer) ? noted : noted[0]) as A;
}

function unreadable(method = 'this method'): { code: number; message: string } {
  return { code: INVALID_PARAMS, message: `The params of ${method} do not have the form that the protocol gives them.` };
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A client can put anything where a name belongs, a person or a token too: only what looks like an identifier is kept. */
function nameOnly(text: string): string {
  return /^[\w$][\w$./-]{0,63}$/.test(text) ? text : '(not a name)';
}

/** The part of an audit event that is the same for all messages of a request. */
export function auditBase(request: FastifyRequest): Omit<AuditEvent, 'kind' | 'outcome'> {
  const { caller, tenant } = request.access ?? {};
  return {
    ...(tenant && { tenantId: tenant.id }),
    ...(caller && {
      orgId: caller.orgId,
      userId: caller.userId,
      clientId: caller.clientId,
      clientName: caller.clientName,
      grantId: caller.grantId,
    }),
    requestId: request.id,
    ip: request.ip,
    ...(request.headers['user-agent'] !== undefined && { userAgent: request.headers['user-agent'] }),
  };
}

export function auditMessage({ method, tool, argumentNames }: RpcMessage): Pick<AuditEvent, 'rpcMethod' | 'tool' | 'argumentNames'> {
  return {
    ...(method !== undefined && { rpcMethod: method }),
    ...(tool !== undefined && { tool }),
    ...(argumentNames && { argumentNames }),
  };
}
