import { connect, Connection, refresh, Tokens } from '../test/support/oauth-flow';

export interface Refreshes {
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Each may refresh 600 times a minute. */
const CLIENTS = 32;

/** Refreshes per second of clients that refresh one after the other without a pause. */
export async function refreshThroughput(origin: string, user: { email: string; password: string }, seconds: number): Promise<Refreshes> {
  const connections: Connection[] = [];
  while (connections.length < CLIENTS) connections.push(await connect(origin, user, { browser: connections[0]?.browser }));
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  const chain = async (client: Connection['client'], token: string): Promise<void> => {
    const began = performance.now();
    const response = await refresh(origin, client, token);
    if (response.status !== 200) throw new Error(`A refresh was answered with ${response.status}: ${await response.text()}`);
    const { refresh_token: next } = (await response.json()) as Tokens;
    times.push(performance.now() - began);
    if (performance.now() < until) await chain(client, next);
  };
  await Promise.all(connections.map(({ client, refresh_token: token }) => chain(client, token)));
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.ceil(times.length * share) - 1] as number;
  return { rate: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}
