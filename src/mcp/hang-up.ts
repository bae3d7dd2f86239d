import type { FastifyReply } from 'fastify';

/** Takes what is to be done when the client goes away before it has its answer. */
export type OnHangUp = (work: () => void) => void;

/**
 * The connection closed, whoever closed it, before the answer was out; what is given after that has happened is done at
 * once. Not an AbortSignal: with its listeners it keeps all of a request alive until the next full garbage collection.
 */
export function hangUpOf({ raw }: FastifyReply): OnHangUp {
  return (work) => {
    if (raw.destroyed) return work();
    raw.once('close', () => raw.writableFinished || work());
  };
}
