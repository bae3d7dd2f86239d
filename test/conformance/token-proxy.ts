import { createServer, IncomingMessage, request, ServerResponse } from 'node:http';

/** The connector URL's short form; the address that the tool is given. */
export const MCP_PATH = '/mcp';

/** What stands between the conformance tool, which cannot sign in, and a product that lets nobody in without a token. */
export interface TokenProxy {
  /** From now on requests to the protocol endpoint carry this token where they have none. */
  use(token: string): void;
  close(): Promise<void>;
}

/** Passes everything on as it came, Host and Origin too: those are part of what is tested. */
export async function startTokenProxy(port: number, productPort: number): Promise<TokenProxy> {
  let token: string | undefined;
  const server = createServer((incoming, answer) => forward(incoming, answer, productPort, token));
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    use: (given) => (token = given),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(incoming: IncomingMessage, answer: ServerResponse, port: number, token: string | undefined): void {
  const { method, url: path, rawHeaders, headers } = incoming;
  const added = token !== undefined && path === MCP_PATH && headers.authorization === undefined ? ['authorization', `Bearer ${token}`] : [];
  const outgoing = request({ host: 'localhost', port, method, path, headers: [...rawHeaders, ...added], setHost: false }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
    // A stream's head has to be seen before its first event.
    answer.flushHeaders();
    reply.pipe(answer);
  });
  outgoing.on('error', () => answer.destroy());
  answer.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}
