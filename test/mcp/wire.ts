import { IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are read loosely, as a client reads JSON
export type Json = any;

export interface Ask {
  readonly method?: string;
  readonly path?: string;
  /** The Host header, as it goes over the wire. */
  readonly host: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly json: Json;
}

/** One request on a connection of its own, with nothing made tidy on the way: path, host and headers go out as they are. */
export async function send(port: number, ask: Ask): Promise<Answer> {
  const stream = await open(port, ask);
  await stream.ended;
  const body = stream.text();
  return {
    status: stream.status,
    headers: stream.headers,
    body,
    json: /json/.test(stream.headers['content-type'] ?? '') && body !== '' ? JSON.parse(body) : undefined,
  };
}

export interface Stream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** What has come so far. */
  text(): string;
  /** Resolves once the text contains the words; rejects after two seconds. */
  until(words: string): Promise<void>;
  /** Resolves when the server has ended the answer. */
  readonly ended: Promise<void>;
  hangUp(): void;
}

/** The same, for an answer that does not end by itself. */
export function open(port: number, { method = 'GET', path = '/api/mcp', host, headers = {}, body }: Ask): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { port, host: '127.0.0.1', method, path, agent: false, setHost: false, headers: { host, ...headers } },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        const ended = new Promise<void>((done) => incoming.once('close', done));
        incoming.on('error', () => undefined);
        const until = async (words: string): Promise<void> => {
          for (const started = Date.now(); !text.includes(words); await pause(10)) {
            if (Date.now() - started > 2_000) throw new Error(`"${words}" did not come, but: ${text}`);
          }
        };
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: () => text,
          until,
          ended,
          hangUp: () => outgoing.destroy(),
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Sends a request and goes away so many milliseconds later, before it can have been answered. */
export async function abandon(
  port: number,
  { method = 'GET', path = '/api/mcp', host, headers = {}, body }: Ask,
  after: number,
): Promise<void> {
  const outgoing = request({ port, host: '127.0.0.1', method, path, agent: false, setHost: false, headers: { host, ...headers } });
  // Counted from when it is out: on a machine that is full it would not have been sent at all.
  await new Promise<void>((sent) => outgoing.on('error', () => undefined).end(body, sent));
  await pause(after);
  outgoing.destroy();
}

/** Bytes on a socket, and all that comes back until it closes. */
export function speak(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket
      .on('data', (chunk) => (text += chunk.toString()))
      .on('close', () => resolve(text))
      .on('error', reject);
  });
}

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits for something that happens elsewhere; a second is what a cut of access may take. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>, within = 1_000): Promise<void> {
  for (const started = Date.now(); !(await holds()); await pause(10)) {
    if (Date.now() - started > within) throw new Error(`Not within ${within} ms: ${what}`);
  }
}
