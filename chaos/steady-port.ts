import { createServer } from 'node:net';

/**
 * Below the range that systems take outgoing ports from, and not where another of these programs is likely to look: a
 * port that is given up for a moment must be there again.
 */
const FIRST = 21_000 + (process.pid % 500) * 20;
let next = FIRST;

/** A free port that a killed process can be started on again. */
export async function steadyPort(): Promise<number> {
  for (; next < FIRST + 1000; next += 1) {
    if (await isFree(next)) return next++;
  }
  throw new Error(`No port is free between ${FIRST} and ${FIRST + 1000}.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
