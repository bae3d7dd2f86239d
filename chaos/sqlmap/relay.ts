import { createServer, IncomingMessage, request, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anyAddress } from './addresses';
import type { FreshValues } from './fresh';

/** Where a relay sends what it gets. */
export interface Upstream {
  readonly port: number;
  /** The Host of requests that do not bring one of their own in {@link HOST_HEADER}. */
  readonly host: () => string;
  readonly fresh: FreshValues;
  /** Before each request: lifts locks that earlier ones have earned. */
  readonly prepare: () => Promise<void>;
}

/** sqlmap needs a Host that it can connect to, so the one to be tested travels under this name. */
export const HOST_HEADER = 'x-sqlmap-host';

/** Request ids, which are in every refusal. */
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** What the OAuth endpoints make anew for each answer, by the members' names. */
const ISSUED = /("(?:access_token|refresh_token|client_id|client_secret|client_id_issued_at)":"?)[^",}]+/g;

const DROPPED = new Set(['host', 'connection', 'content-length', HOST_HEADER]);

/**
 * Stands between sqlmap and the product: makes each request one that gets as far as the code under test, and takes what
 * changes from answer to answer out again, so that sqlmap compares what its payload has changed.
 */
export class Relay {
  requests = 0;
  /** Answers by status; a run whose answers are all refusals has tested nothing. */
  readonly statuses = new Map<number, number>();
  /** Why requests could not be made fresh or passed on: sqlmap would go on without a word. */
  readonly failures = new Set<string>();
  private readonly server: Server;

  private constructor(private readonly upstream: Upstream) {
    this.server = createServer((incoming, outgoing) => {
      void this.pass(incoming, outgoing).catch((error: unknown) => {
        this.failures.add(error instanceof Error ? error.message.slice(0, 200) : String(error));
        outgoing.writeHead(599).end();
      });
    });
  }

  static async listen(upstream: Upstream): Promise<Relay> {
    const relay = new Relay(upstream);
    await new Promise<void>((resolve) => relay.server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    await this.upstream.prepare();
    const { fresh } = this.upstream;
    const sent = [incoming.url ?? '/', body, ...incoming.rawHeaders];
    const filled = await fresh.fill(JSON.stringify(sent));
    const [path = '/', text = '', ...headers] = JSON.parse(filled.text) as string[];
    const answer = await this.send(incoming.method ?? 'GET', path, headers, text);
    fresh.settle(answer.status, answer.body);
    this.requests += 1;
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    const known = Object.values(filled.values).filter((value) => value !== '');
    const steady = known
      .reduce((rest, value) => rest.replaceAll(value, 'FRESH'), answer.body)
      .replace(UUID, 'UUID')
      .replace(ISSUED, '$1RANDOM');
    outgoing.writeHead(answer.status, { 'content-type': answer.type, ...(answer.location && { location: '/elsewhere' }) }).end(steady);
  }

  private send(method: string, path: string, rawHeaders: string[], body: string): Promise<Reply> {
    const headers: Record<string, string> = { host: this.upstream.host(), 'x-forwarded-for': anyAddress() };
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
      if (name.toLowerCase() === HOST_HEADER) headers['host'] = value;
      if (!DROPPED.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
    }
    return new Promise((resolve, reject) => {
      const outgoing = request({ port: this.upstream.port, host: '127.0.0.1', method, path, headers, agent: false }, (answer) => {
        textOf(answer).then(
          (text) =>
            resolve({
              status: answer.statusCode ?? 0,
              type: answer.headers['content-type'] ?? '',
              location: answer.headers.location,
              body: text,
            }),
          reject,
        );
      });
      outgoing.on('error', reject).end(body);
    });
  }
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly location: string | undefined;
  readonly body: string;
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
