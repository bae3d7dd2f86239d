import type { Answer } from '../ask';
import { Track, tokensOf } from './track';
import type { Client } from '../../test/support/oauth-flow';

/** One race, run again and again. A round rejects where its rule is broken. */
export interface Race {
  readonly id: string;
  readonly title: string;
  /** Prepares what all rounds share and returns the round. */
  readonly prepare: (track: Track) => Promise<(round: number) => Promise<void>>;
}

class Broken extends Error {
  override readonly name = 'Broken';
}

export function holds(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Broken(otherwise);
}

export function times<T>(count: number, work: (at: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => work(at)));
}

/** 400 invalid_grant and nothing else. */
export function isRefused({ status, body }: Answer): boolean {
  return status === 400 && (JSON.parse(body) as { error?: string }).error === 'invalid_grant';
}

/** None of the tokens opens anything, on either process. */
export async function allDead(track: Track, client: Client, answers: readonly Answer[], refreshTokens: readonly string[]): Promise<void> {
  const issued = answers.filter(({ status }) => status === 200).map(tokensOf);
  for (const [at, { access_token }] of issued.entries())
    holds((await track.status(at, access_token)) === 401, 'an access token of an ended connection works');
  const family = [...new Set([...refreshTokens, ...issued.map(({ refresh_token }) => refresh_token)])];
  for (const [at, token] of family.entries())
    holds(isRefused(await track.refresh(at, client, token)), 'a refresh token of an ended connection works');
}
