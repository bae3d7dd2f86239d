import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { rmSync } from 'node:fs';
import { createServer, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { Config } from '../config';
import { RemoteCaller } from './remote-caller';
import { OperatorRequest, OperatorService } from './operator.service';
import { fileNames } from './parse';

/** Milliseconds in which a client has to say what it wants. */
const PATIENCE = 10_000;

export function socketPath(config: Config): string {
  return join(config.set.dataDir, 'operator.sock');
}

/**
 * Takes operator commands while this process holds the embedded database, which nobody else can open. Whoever may open
 * the socket (mode 0600) could as well read the database files, so it asks for nothing more. With a database server the
 * command line goes there itself, and no socket is opened.
 */
@Injectable()
export class OperatorSocket implements OnApplicationShutdown {
  private readonly logger = new Logger('Operator');
  private server?: Server;

  constructor(
    private readonly config: Config,
    private readonly operator: OperatorService,
  ) {}

  async listen(): Promise<void> {
    if (this.config.set.databaseUrl) return;
    const path = socketPath(this.config);
    // We hold the database's lock: a socket file that is there was left by a process that died.
    rmSync(path, { force: true });
    this.server = createServer({ allowHalfOpen: true }, (socket) => void this.serve(socket));
    // The socket file is made inside this call, and must never be open to others, not even until a chmod.
    const before = process.umask(0o177);
    const listening = new Promise<void>((resolve, reject) => this.server?.once('error', reject).listen(path, resolve));
    process.umask(before);
    // A path too long for a socket must not stop the server.
    await listening.catch((error: Error) => this.logger.warn(`No operator commands while the server runs: ${error.message}`));
  }

  onApplicationShutdown(): void {
    this.server?.close();
  }

  private async serve(socket: Socket): Promise<void> {
    const caller = new RemoteCaller(socket);
    socket.on('error', () => socket.destroy());
    socket.setTimeout(PATIENCE, () => socket.destroy());
    try {
      const request = (await caller.request()) as OperatorRequest;
      socket.setTimeout(0);
      caller.names = fileNames(request.argv);
      await this.operator.execute(request, caller);
      caller.reply({ done: true, exitCode: caller.exitCode });
    } catch (error) {
      caller.reply({ error: (error as Error).message });
    }
    // Not destroyed: a client that is still sending a chunk nobody waits for would fail on that before it had read the answer.
    socket.setTimeout(PATIENCE).end();
  }
}
