import { JSONRPCMessage, MessageClassification, PerRequestHTTPServerTransport, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { PassThrough } from 'node:stream';
import { Answer, event, SSE_HEADERS } from './answer';
import type { OnHangUp } from './hang-up';
import { noteRefusals, RpcMessage } from './rpc-exchange';

/** Not sent to anyone; for the audit trail and the metrics. */
const CLIENT_CLOSED_REQUEST = 499;

/** Errors that the HTTP status tells a 2026-07-28 client, too. */
const ERROR_STATUS: Readonly<Record<number, number>> = {
  [ProtocolErrorCode.MethodNotFound]: 404,
  [ProtocolErrorCode.MissingRequiredClientCapability]: 400,
};

/** How the answer of an exchange may look. */
export interface Framing {
  readonly era: MessageClassification;
  /** A JSON array was sent: an array is answered, and nothing can be said before it. */
  readonly batch: boolean;
  /** `never`: the client takes none; `asked`: it wants to hear of the call's progress; `spoken`: where the call says something before its answer. */
  readonly stream: 'never' | 'asked' | 'spoken';
  /** What was sent, as the audit trail sees it. */
  readonly sent: readonly RpcMessage[];
}

/**
 * One POST, as the transport of the SDK's server. The SDK's own speak in Request and Response objects, which cost more
 * than the rest of a call together (docs/adr/0014). It extends one of them because a server takes its era from that one.
 */
export class Exchange extends PerRequestHTTPServerTransport {
  private readonly answers: JSONRPCMessage[] = [];
  private stream?: PassThrough;
  private wanted = 0;
  private answered = 0;
  private settle: (answer: Answer) => void = () => undefined;
  private readonly settled = new Promise<Answer>((resolve) => (this.settle = resolve));

  constructor(private readonly framing: Framing) {
    super({ classification: framing.era });
  }

  /** Hands the messages to the server that is connected; resolves when it is known how the answer looks. */
  async run(messages: readonly JSONRPCMessage[], onHangUp: OnHangUp): Promise<Answer> {
    this.wanted = messages.filter((message) => 'method' in message && 'id' in message).length;
    onHangUp(() => void this.close());
    for (const message of messages) this.onmessage?.(message, { classification: this.framing.era });
    return this.wanted === 0 ? { status: 202 } : this.settled;
  }

  override send(message: JSONRPCMessage): Promise<void> {
    const final = !('method' in message);
    if (final) this.answered += 1;
    if (this.stream || this.opensStream(final)) this.write(message);
    else if (final) this.answers.push(message);
    if (this.answered === this.wanted) this.finish();
    return Promise.resolve();
  }

  override close(): Promise<void> {
    this.stream?.end();
    this.settle({ status: CLIENT_CLOSED_REQUEST });
    this.onclose?.();
    return Promise.resolve();
  }

  private opensStream(final: boolean): boolean {
    const { batch, stream } = this.framing;
    return !batch && (stream === 'asked' || (stream === 'spoken' && !final));
  }

  /** A stream's head leaves with its first message: only then is it known what the audit trail has to say of the request. */
  private write(message: JSONRPCMessage): void {
    this.stream ??= new PassThrough();
    this.stream.write(event(noteRefusals(this.framing.sent, message)));
    this.settle({ status: 200, headers: SSE_HEADERS, stream: this.stream });
  }

  private finish(): void {
    const [answer] = this.answers;
    if (this.stream) this.stream.end();
    else if (answer) this.settle({ status: this.statusOf(answer), json: this.framing.batch ? this.answers : answer });
  }

  private statusOf(answer: JSONRPCMessage): number {
    return (this.framing.era.era === 'modern' && 'error' in answer && ERROR_STATUS[answer.error.code]) || 200;
  }
}
