import { createConnection, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { OperatorReply } from './operator-socket';
import type { OperatorRequest } from './operator.service';

/** A command that the running server refused, with its sentence. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Lets the server that holds the embedded database run the command; false where none listens. */
export async function sendToServer(path: string, request: OperatorRequest, say: (line: string) => void): Promise<boolean> {
  const socket = await connect(path);
  if (socket === undefined) return false;
  try {
    return await answered(socket, request, say);
  } finally {
    socket.destroy();
  }
}

async function answered(socket: Socket, request: OperatorRequest, say: (line: string) => void): Promise<true> {
  socket.write(`${JSON.stringify(request)}\n`);
  for await (const text of createInterface({ input: socket })) {
    const reply = JSON.parse(text) as OperatorReply;
    if ('error' in reply) throw new RefusedError(reply.error);
    if ('done' in reply) return true;
    say(reply.line);
  }
  throw new RefusedError('The server stopped before it had answered; look at its log for what was done.');
}

function connect(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (['ENOENT', 'ECONNREFUSED', 'EINVAL'].includes(error.code ?? '')) resolve(undefined);
      else reject(error);
    });
  });
}
