import { connect, createServer, Server, Socket } from 'node:net';
import type { Dice } from './dice';
import { pause } from './pause';

/**
 * Passes connections on, byte for byte: in front of replicas as a balancer without health checks, in front of Redis as
 * a slow network.
 */
export class Relay {
  private readonly sockets = new Set<Socket>();
  /** Requests that had been passed on when whoever had them went away. */
  cutUnderWay = 0;
  /** Milliseconds by which what comes back is late. */
  delay = 0;

  private constructor(
    readonly port: number,
    private readonly targets: readonly number[],
    private readonly dice: Dice,
    private readonly server: Server,
  ) {
    server.on('connection', (socket) => void this.serve(socket));
  }

  static start(port: number, targets: readonly number[], dice: Dice): Promise<Relay> {
    const server = createServer({ noDelay: true, pauseOnConnect: true });
    const relay = new Relay(port, targets, dice, server);
    return new Promise((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', () => resolve(relay));
    });
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(near: Socket): Promise<void> {
    this.keep(near);
    const far = await this.reach();
    if (!far || near.destroyed) {
      far?.destroy();
      return void near.destroy();
    }
    this.keep(far);
    near.pipe(far);
    let waiting = false;
    near.on('data', () => (waiting = true));
    far.on('data', (chunk) => {
      waiting = false;
      this.back(near, chunk);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => (this.cutUnderWay += waiting && !near.destroyed ? 1 : 0));
    far.on('close', () => (this.delay > 0 ? void pause(this.delay).then(() => near.destroy()) : near.destroySoon()));
    near.resume();
  }

  private back(near: Socket, chunk: Buffer): void {
    if (this.delay === 0) near.write(chunk);
    else setTimeout(() => near.destroyed || near.write(chunk), this.delay);
  }

  /** Any of the targets that accepts. */
  private async reach(): Promise<Socket | undefined> {
    const first = this.dice.between(0, this.targets.length - 1);
    for (let turn = 0; turn < this.targets.length; turn += 1) {
      const socket = await accepted(this.targets[(first + turn) % this.targets.length] as number);
      if (socket) return socket;
    }
    return undefined;
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
  }
}

function accepted(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => resolve(socket)).once('error', () => resolve(undefined));
  });
}
