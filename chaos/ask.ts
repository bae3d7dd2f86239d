import { Agent, IncomingHttpHeaders, request } from 'node:http';

export interface Ask {
  readonly port: number;
  /** The Host header: which tenant is asked, whoever answers. */
  readonly host: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a form, or as JSON where it is not a flat one. */
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Nobody may be kept waiting longer, whatever has failed; in milliseconds. */
const PATIENCE = 30_000;

/** One connection for each request: whoever is in front of the replicas decides anew each time. */
const SCATTERED = new Agent({ keepAlive: false });

/** For many requests in a row to one replica. */
export const KEPT = new Agent({ keepAlive: true });

/**
 * Posts, and resolves to nothing where no complete answer came, as a client sees it when the server dies under it.
 * Rejects only where the server neither answers nor closes.
 */
export function ask({ port, host, path, headers, form, json }: Ask, agent = SCATTERED): Promise<Answer | undefined> {
  const body = form ? new URLSearchParams(form).toString() : JSON.stringify(json);
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const options = { port, host: '127.0.0.1', method: 'POST', path, agent };
  const sent = { ...headers, host, 'content-type': type, 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...options, headers: sent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', () => resolve(undefined));
      incoming.on('close', () => {
        if (!incoming.complete) return resolve(undefined);
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.setTimeout(PATIENCE, () => {
      reject(new Error(`${path} neither answered nor closed within ${PATIENCE} ms.`));
      outgoing.destroy();
    });
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(body);
  });
}
