import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import type { TlsAuthority } from './tls-authority';

export interface TlsProxy {
  readonly port: number;
  /** Where the product listens; until it is told, the proxy answers that there is none. */
  forwardTo(port: number): void;
  close(): Promise<void>;
}

/** Ends TLS in front of the product as an operator's proxy does: Host as sent, the neighbour's address and the scheme added. */
export async function startTlsProxy(authority: TlsAuthority): Promise<TlsProxy> {
  let upstream: number | undefined;
  const server = createServer({ cert: authority.cert, key: authority.key }, (incoming, outgoing) => {
    if (upstream === undefined) outgoing.writeHead(502).end();
    else forward(incoming, outgoing, upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    forwardTo: (port) => (upstream = port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, port: number): void {
  const { method, url, headers, socket } = incoming;
  const sender = [headers['x-forwarded-for'], socket.remoteAddress].filter((one) => one !== undefined).join(', ');
  const upstream = request(
    { host: '127.0.0.1', port, method, path: url, headers: { ...headers, 'x-forwarded-for': sender, 'x-forwarded-proto': 'https' } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      // Streams must not wait for their first event to be seen as open.
      outgoing.flushHeaders();
      pipeline(answer, outgoing, () => undefined);
    },
  );
  upstream.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  outgoing.on('close', () => upstream.destroy());
  pipeline(incoming, upstream, () => undefined);
}
