import { isJSONRPCRequest, JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { PassThrough } from 'node:stream';
import { Answer, event, SSE_HEADERS } from './answer';
import { whenAborted } from './hang-up';

/** Not sent to anyone; for the audit trail and the metrics. */
const CLIENT_CLOSED_REQUEST = 499;

/** How the answer of an exchange may look. */
export interface Framing {
  /** A JSON array was sent: an array is answered, and nothing can be said before it. */
  readonly batch: boolean;
  /** `never`: the client takes none; `asked`: it wants to hear of the call's progress; `spoken`: where the call says something before its answer. */
  readonly stream: 'never' | 'asked' | 'spoken';
  /** Sees each message before it is sent, and may say it in other words. */
  readonly sending: (message: JSONRPCMessage) => JSONRPCMessage;
}

/**
 * One POST of a 2025-era client, as the transport of the SDK's server. The SDK's own speaks in Request and Response
 * objects, which cost more than the rest of a call together (docs/adr/0014).
 */
export class Exchange implements Transport {
  onmessage?: Transport['onmessage'];
  onclose?: () => void;
  private readonly answers: JSONRPCMessage[] = [];
  private stream?: PassThrough;
  private wanted = 0;
  private answered = 0;
  private settle: (answer: Answer) => void = () => undefined;
  private readonly settled = new Promise<Answer>((resolve) => (this.settle = resolve));

  constructor(private readonly framing: Framing) {}

  start(): Promise<void> {
    return Promise.resolve();
  }

  /** Hands the messages to the server that is connected; resolves when it is known how the answer looks. */
  async run(messages: readonly JSONRPCMessage[], signal: AbortSignal): Promise<Answer> {
    this.wanted = messages.filter(isJSONRPCRequest).length;
    whenAborted(signal, () => void this.close());
    for (const message of messages) this.onmessage?.(message);
    return this.wanted === 0 ? { status: 202 } : this.settled;
  }

  send(said: JSONRPCMessage): Promise<void> {
    const message = this.framing.sending(said);
    const final = !('method' in message);
    if (final) this.answered += 1;
    if (this.stream || this.opensStream(final)) this.write(message);
    else if (final) this.answers.push(message);
    if (this.answered === this.wanted) this.finish();
    return Promise.resolve();
  }

  close(): Promise<void> {
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
    this.stream.write(event(message));
    this.settle({ status: 200, headers: SSE_HEADERS, stream: this.stream });
  }

  private finish(): void {
    if (this.stream) this.stream.end();
    else this.settle({ status: 200, json: this.framing.batch ? this.answers : this.answers[0] });
  }
}
