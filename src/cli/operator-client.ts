import { createConnection, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Caller, CallerAnswer, OperatorReply } from './caller';
import type { OperatorRequest } from './operator.service';

/** A command that the running server refused, with its sentence. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Lets the server that holds the embedded database run the command; false where none listens. */
export async function sendToServer(path: string, request: OperatorRequest, caller: Caller): Promise<boolean> {
  const socket = await connect(path);
  if (socket === undefined) return false;
  try {
    return await answered(socket, request, caller);
  } finally {
    socket.destroy();
  }
}

async function answered(socket: Socket, request: OperatorRequest, caller: Caller): Promise<true> {
  socket.write(`${JSON.stringify(request)}\n`);
  for await (const text of createInterface({ input: socket })) {
    const reply = JSON.parse(text) as OperatorReply;
    if ('error' in reply) throw new RefusedError(reply.error);
    if ('done' in reply) {
      caller.exitCode = reply.exitCode;
      return true;
    }
    if ('line' in reply) caller.say(reply.line);
    else if ('progress' in reply) caller.progress(reply.progress);
    else socket.write(`${JSON.stringify(await answerOf(reply, caller))}\n`);
  }
  throw new RefusedError('The server stopped before it had answered; look at its log for what was done.');
}

/** Only the two files that this command line named can be asked for, and only the mapping be written. */
async function answerOf(question: Extract<OperatorReply, { read: unknown } | { write: unknown }>, caller: Caller): Promise<CallerAnswer> {
  try {
    if ('write' in question) {
      await caller.writeMapping(question.write);
      return { written: true };
    }
    const chunk = await caller.read(question.read, question.at);
    return chunk === undefined ? { absent: true } : { chunk: chunk.toString('base64') };
  } catch (error) {
    return { failed: (error as Error).message };
  }
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
