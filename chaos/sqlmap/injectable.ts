import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { fresh } from './fresh';
import { formTarget, jsonTarget, Target } from './target';

/**
 * A server that makes the mistake sqlmap looks for, over the same database and reached through the same relay: if
 * nothing is found here, finding nothing in the product says nothing.
 */
export class InjectableServer {
  private constructor(
    private readonly server: Server,
    private readonly client: Client,
  ) {}

  static async listen(databaseUrl: string): Promise<InjectableServer> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const slug = slugOf(Buffer.concat(chunks).toString('utf8'), incoming.headers['content-type'] ?? '', incoming.headers['x-tenant']);
        if (slug === undefined) return outgoing.writeHead(403).end('{"error":"stale form"}');
        client.query<{ name: string }>(`select name from platform.tenant where slug = '${slug}'`).then(
          ({ rows }) => outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows)),
          () => outgoing.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_request"}'),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new InjectableServer(server, client);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await this.client.end();
  }
}

/** As a tool's argument, a form's field behind a token that only fits unused, a header. */
function slugOf(body: string, contentType: string, header: string | string[] | undefined): string | undefined {
  if (/json/.test(contentType) && header === undefined)
    return (JSON.parse(body) as { params: { arguments: { query: string } } }).params.arguments.query;
  if (header !== undefined) return String(header);
  const fields = new URLSearchParams(body);
  return /^[\w-]{43}$/.test(fields.get('token') ?? '') ? (fields.get('email') ?? '') : undefined;
}

export const INJECTABLE: readonly Target[] = [
  jsonTarget('a tool’s argument', '/', {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'x', arguments: { query: 'acme*' } },
  }),
  { ...formTarget('a form’s field', '/', {}), body: `token=${fresh('signInToken')}&email=acme*` },
  jsonTarget('a header', '/', { jsonrpc: '2.0' }, { 'X-Tenant': 'acme*' }),
];
