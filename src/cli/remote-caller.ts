import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type CallerFile, ImportError } from '../imports';
import { type Caller, type CallerAnswer, CHUNK, type FileNames, type OperatorReply } from './caller';

const MAX_REQUEST = 64 * 1024;
/** A chunk in base64 and the JSON around it. */
const MAX_ANSWER = 2 * CHUNK;

/** The person at the other end of the operator socket. Nothing comes from there but what was asked for. */
export class RemoteCaller implements Caller {
  exitCode = 0;
  names: FileNames = {};
  private readonly lines: AsyncIterator<string>;
  private allowed = MAX_REQUEST;
  private asked: Promise<unknown> = Promise.resolve();

  constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.allowed -= chunk.length;
      if (this.allowed < 0) socket.destroy();
    });
    this.lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  }

  async request(): Promise<unknown> {
    return JSON.parse(await this.line('The connection ended before a command was sent.'));
  }

  reply(message: OperatorReply): void {
    if (this.socket.writable) this.socket.write(`${JSON.stringify(message)}\n`);
  }

  say(line: string): void {
    this.reply({ line });
  }

  progress(text: string): void {
    this.reply({ progress: text });
  }

  nameOf(file: CallerFile): string {
    return this.names[file] ?? '';
  }

  async read(file: CallerFile, offset: number): Promise<Buffer | undefined> {
    const answer = await this.ask({ read: file, at: offset });
    return 'chunk' in answer ? Buffer.from(answer.chunk, 'base64') : undefined;
  }

  async writeMapping(text: string): Promise<void> {
    await this.ask({ write: text });
  }

  /** One question after the other: a reader that stopped early may still be waiting for its last chunk. */
  private ask(question: OperatorReply): Promise<CallerAnswer> {
    const answer = this.asked.then(() => this.askNow(question));
    this.asked = answer.catch(() => undefined);
    return answer;
  }

  private async askNow(question: OperatorReply): Promise<CallerAnswer> {
    this.allowed = MAX_ANSWER;
    this.reply(question);
    const answer = JSON.parse(await this.line('The command line ended before it had sent the file.')) as CallerAnswer;
    if ('failed' in answer) throw new ImportError(answer.failed);
    return answer;
  }

  private async line(otherwise: string): Promise<string> {
    const next = await this.lines.next();
    if (next.done) throw new Error(otherwise);
    return next.value;
  }
}
