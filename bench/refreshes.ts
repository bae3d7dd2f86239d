import { connect, refresh, Tokens } from '../test/support/oauth-flow';

export interface Refreshes {
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const CONNECTIONS = 16;

/** Refreshes per second of clients that refresh one after the other without a pause, each its own connection. */
export async function refreshThroughput(origin: string, user: { email: string; password: string }, seconds: number): Promise<Refreshes> {
  const first = await connect(origin, user);
  const others: (typeof first)[] = [];
  while (others.length < CONNECTIONS - 1) others.push(await connect(origin, user, { client: first.client, browser: first.browser }));
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  const chain = async (token: string): Promise<void> => {
    const began = performance.now();
    const response = await refresh(origin, first.client, token);
    if (response.status !== 200) throw new Error(`A refresh was answered with ${response.status}: ${await response.text()}`);
    const { refresh_token: next } = (await response.json()) as Tokens;
    times.push(performance.now() - began);
    if (performance.now() < until) await chain(next);
  };
  await Promise.all([first, ...others].map(({ refresh_token: token }) => chain(token)));
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.ceil(times.length * share) - 1] as number;
  return { rate: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}
