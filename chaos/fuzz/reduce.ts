import type { Input } from './input';

type Fails = (input: Input) => Promise<boolean>;

const MOST_TRIES = 120;

/** The smallest input found that fails in the same way; `again` is false where the input itself did not fail a second time. */
export async function reduced(input: Input, fails: Fails): Promise<{ input: Input; again: boolean }> {
  if (!(await fails(input))) return { input, again: false };
  let left = MOST_TRIES;
  const within: Fails = async (candidate) => left-- > 0 && fails(candidate);
  const [start = '', ...lines] = input.head.split('\r\n');
  const headOf = (kept: readonly string[]): string => [start, ...kept, '', ''].join('\r\n');
  const headers = lines.filter((line) => line !== '');
  // What has no proper head is reduced as it is.
  const kept = input.head === headOf(headers) ? await shortest(headers, (some) => within({ ...input, head: headOf(some) })) : undefined;
  const head = kept === undefined ? input.head : headOf(kept);
  const body = await shortest([...input.body], (some) => within({ ...input, head, body: some.join('') }));
  return { input: { ...input, head, body: body.join('') }, again: true };
}

/** Leaves out ever smaller pieces as long as it fails without them. */
async function shortest<T>(parts: readonly T[], fails: (parts: readonly T[]) => Promise<boolean>): Promise<readonly T[]> {
  let rest = parts;
  for (let size = Math.ceil(rest.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < rest.length;) {
      const without = [...rest.slice(0, at), ...rest.slice(at + size)];
      if (await fails(without)) rest = without;
      else at += size;
    }
  }
  return rest;
}
