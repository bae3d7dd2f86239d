import { connect, createServer, Server, Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Where a line is cut: before a message of the product reaches the database, or once it has, before the answer. */
export type Cut = 'before' | 'after';

/** The way between the product and its database, which a test may cut at any message. */
export class DatabaseLine {
  private readonly pairs = new Set<[Socket, Socket]>();
  private server: Server = createServer();
  private port = 0;
  private countdown = Infinity;
  private side: Cut = 'before';

  private constructor(private readonly target: URL) {}

  static async open(url: string): Promise<DatabaseLine> {
    const line = new DatabaseLine(new URL(url));
    await line.mend();
    return line;
  }

  /** The database's address by way of the line. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${this.port}`;
    return url.toString();
  }

  /** Ends every connection and refuses new ones. */
  async down(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const pair of this.pairs) pair.forEach((socket) => socket.destroy());
    await closed;
  }

  async mend(): Promise<void> {
    this.server = createServer((client) => this.join(client));
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Cuts the one connection that carries the n-th message from now. */
  cutAt(message: number, side: Cut): void {
    this.countdown = message;
    this.side = side;
  }

  /** Whether the cut that was ordered has happened; orders it off. */
  wasCut(): boolean {
    const happened = this.countdown <= 0;
    this.countdown = Infinity;
    return happened;
  }

  private join(client: Socket): void {
    const upstream = connect(Number(this.target.port || 5432), this.target.hostname);
    const pair: [Socket, Socket] = [client, upstream];
    this.pairs.add(pair);
    const close = (): void => {
      this.pairs.delete(pair);
      pair.forEach((socket) => socket.destroy());
    };
    pair.forEach((socket) => socket.on('error', close));
    client.on('close', close);
    upstream.on('close', close).on('data', (chunk) => client.write(chunk));
    client.on('data', (chunk) => {
      this.countdown -= 1;
      if (this.countdown !== 0) return void upstream.write(chunk);
      if (this.side === 'before') return close();
      // What the database has got it carries out; nobody hears of it.
      client.removeAllListeners('close').destroy();
      upstream.removeAllListeners('data').resume().end(chunk);
    });
  }
}
