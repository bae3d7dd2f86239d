import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { authorizeUrl, Client, pkce, postJson, redeem, register, Tokens } from '../support/oauth-flow';

/** An MCP client on a person's own machine: it listens on loopback for the browser to come back (RFC 8252 §7.3). */
export class NativeClient {
  readonly visits: URLSearchParams[] = [];
  private readonly pkce = pkce();

  private constructor(
    private readonly origin: string,
    private readonly server: Server,
    readonly registration: Client,
  ) {}

  static async start(origin: string, name: string): Promise<NativeClient> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
    const client = new NativeClient(origin, server, await register(origin, { client_name: name, redirect_uris: [redirectUri] }));
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', redirectUri);
      if (url.pathname === '/callback') client.visits.push(url.searchParams);
      // The empty icon keeps the browser from asking for one.
      response
        .setHeader('content-type', 'text/html')
        .setHeader('connection', 'close')
        .end('<link rel="icon" href="data:,"><h1>Connected</h1>');
    });
    return client;
  }

  get authorizeUrl(): string {
    return authorizeUrl(this.origin, this.registration, this.pkce.challenge, { state: 'kept as it is' });
  }

  /** Exchanges the code of the last visit. */
  async tokens(): Promise<Tokens> {
    const visit = this.visits.at(-1);
    expect(Object.fromEntries(visit ?? [])).toEqual({ code: expect.any(String), state: 'kept as it is', iss: this.origin });
    const response = await redeem(this.origin, this.registration, visit?.get('code') ?? '', this.pkce.verifier);
    expect(response.status).toBe(200);
    return (await response.json()) as Tokens;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

/** The names of the tools that a token may see, asked in the 2025-06-18 way. */
export async function toolNames(origin: string, accessToken: string): Promise<string[]> {
  const headers = {
    authorization: `Bearer ${accessToken}`,
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2025-06-18',
  };
  const response = await postJson(`${origin}/api/mcp`, { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }, headers);
  const json = /^(?:data: )?(\{.*\})$/m.exec(await response.text())?.[1] ?? '{}';
  return (JSON.parse(json) as { result: { tools: { name: string }[] } }).result.tools.map(({ name }) => name);
}
