import type { FastifyReply } from 'fastify';

/** Aborted when the connection closes before the answer is out, whoever closed it; at once where that has already happened. */
export function hangUp(reply: FastifyReply): AbortSignal {
  if (reply.raw.destroyed) return AbortSignal.abort();
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Unlike a bare listener also for a signal that was aborted before. */
export function whenAborted(signal: AbortSignal, work: () => void): void {
  if (signal.aborted) work();
  else signal.addEventListener('abort', work, { once: true });
}
