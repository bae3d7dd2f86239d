import { connect, Socket } from 'node:net';
import { Answer, headerOf, MalformedAnswer, readAnswer } from './answer';

/** What an input was answered with. */
export interface Exchange {
  readonly answers: readonly Answer[];
  /** `late`: nothing, or not all, within {@link LATE_MS}; `closed`: hung up first; `silent`: nothing, where nothing was owed. */
  readonly end: 'answered' | 'silent' | 'closed' | 'late' | 'malformed';
}

/** One input as bytes, and how to send and answer it. */
export interface Sending {
  readonly bytes: Buffer;
  readonly cuts?: readonly number[];
  readonly owed: boolean;
  readonly headOnly: boolean;
}

/** How long an owed answer may take on a busy machine. */
const LATE_MS = 20_000;
/** After this long without a byte, whoever is owed nothing gets nothing (more). */
const SILENT_MS = 400;
const QUIET_MS = 100;

/** A raw connection to the product, kept alive as long as requests on it stay in step. */
export class Connection {
  private socket?: Socket;
  private used = false;

  constructor(private readonly port: number) {}

  async send(sending: Sending): Promise<Exchange> {
    const reused = this.used && this.socket?.destroyed === false;
    const exchange = await this.exchange(sending);
    // A kept connection may be closed by the server just as it is used again: that is HTTP, not a fault.
    return exchange.end === 'closed' && exchange.answers.length === 0 && reused && sending.owed ? this.exchange(sending) : exchange;
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private async exchange(sending: Sending): Promise<Exchange> {
    const socket = await this.open();
    if (socket === undefined) return { answers: [], end: 'closed' };
    const exchange = await converse(socket, sending);
    const [answer] = exchange.answers;
    const inStep = sending.owed && exchange.end === 'answered' && answer?.complete === true;
    this.used = inStep && headerOf(answer, 'connection') !== 'close';
    if (!this.used) this.close();
    return exchange;
  }

  private open(): Promise<Socket | undefined> {
    if (this.used && this.socket?.destroyed === false) return Promise.resolve(this.socket);
    this.close();
    return new Promise((resolve) => {
      const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
      socket.once('error', () => resolve(undefined)).once('connect', () => resolve(socket));
      this.socket = socket;
    });
  }
}

/** Writes the bytes and reads until the answer is there, or until it is clear that none will come. */
function converse(socket: Socket, sending: Sending): Promise<Exchange> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    let timer: NodeJS.Timeout | undefined;
    const finish = (end: Exchange['end'], closed = false): void => {
      clearTimeout(timer);
      socket.removeAllListeners('data').removeAllListeners('close').removeAllListeners('error');
      socket.on('error', () => undefined);
      resolve(outcome(received, sending.headOnly, closed, end));
    };
    const wait = (ms: number, end: Exchange['end']): void => {
      clearTimeout(timer);
      timer = setTimeout(() => finish(end), ms);
    };
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const seen = progress(received, sending.headOnly);
      if (seen === 'malformed') finish('malformed');
      else if (seen === 'complete' && sending.owed) finish('answered');
      else if (seen !== 'partial' || !sending.owed) wait(QUIET_MS, 'answered');
    });
    socket.on('error', () => undefined).once('close', () => finish('closed', true));
    wait(sending.owed ? LATE_MS : SILENT_MS, sending.owed ? 'late' : 'silent');
    void write(socket, sending);
  });
}

/** `stream`: an event stream that stays open; it has been answered by its beginning. */
function progress(received: Buffer, headOnly: boolean): 'partial' | 'stream' | 'complete' | 'malformed' {
  try {
    const found = readAnswer(received, headOnly, false);
    if (found === undefined) return 'partial';
    if (found.answer.complete) return 'complete';
    return headerOf(found.answer, 'content-type') === 'text/event-stream' ? 'stream' : 'partial';
  } catch {
    return 'malformed';
  }
}

function outcome(received: Buffer, headOnly: boolean, closed: boolean, end: Exchange['end']): Exchange {
  const answers: Answer[] = [];
  try {
    for (let rest = received; rest.length > 0;) {
      const found = readAnswer(rest, headOnly, closed);
      if (found === undefined) break;
      answers.push(found.answer);
      rest = rest.subarray(found.used);
    }
  } catch (error) {
    if (error instanceof MalformedAnswer) return { answers, end: 'malformed' };
    throw error;
  }
  return { answers, end: end === 'closed' && answers[0]?.complete ? 'answered' : end };
}

async function write(socket: Socket, { bytes, cuts = [] }: Sending): Promise<void> {
  const places = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)), bytes.length];
  for (let at = 1; at < places.length && !socket.destroyed; at += 1) {
    if (at > 1) await new Promise((resolve) => setImmediate(resolve));
    socket.write(bytes.subarray(places[at - 1], places[at]));
  }
}
