import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls';

/**
 * Lets this process trust an authority for *.localhost, whoever opens the connection: NODE_EXTRA_CA_CERTS is read once,
 * when a process starts, and the authority is made later. Nothing else about the check changes: names and expiry count.
 *
 * @returns undoes it
 */
export function trustAuthority(ca: string): () => void {
  const { connect } = tls;
  const trusting = (options: ConnectionOptions, ...rest: never[]): TLSSocket =>
    connect(isOurs(options.servername ?? options.host) ? { ...options, ca } : options, ...rest);
  Object.assign(tls, { connect: trusting });
  return () => void Object.assign(tls, { connect });
}

function isOurs(name: string | undefined): boolean {
  return name?.endsWith('.localhost') === true;
}
