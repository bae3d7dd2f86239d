import { growth, MEMORY_BOUND } from './memory';
import type { Run } from './run';

/** Every requirement that the run did not meet, a paragraph each. */
export function complaints(run: Run): string[] {
  const found = [...run.failures.values()].map(
    ({ problem, kind, index, count, request, answers }) =>
      `${problem} (${kind}, ${count} times; seed ${run.plan.seed}, index ${index})\nreduced request:\n${request}\nanswers:\n${answers.join('\n')}`,
  );
  if (run.printed !== '') found.push(`the product printed:\n${run.printed.slice(0, 4_000)}`);
  if (run.serverErrors > 0) found.push(`the product counted ${run.serverErrors} answers with a 5xx status`);
  if (!run.survived) found.push('the connection that the fuzz was made with does not work any more');
  if (!run.rowsUnchanged) found.push('live rows, tenants, accounts or memberships were changed');
  const more = growth(run.memory);
  for (const kind of ['heap', 'rss'] as const)
    if (more[kind] > MEMORY_BOUND[kind]) found.push(`the second half used ${more[kind].toFixed(1)} MB more ${kind} than the first`);
  return found;
}

/** The figures of a run, as Markdown. */
export function figures(run: Run): string {
  const { plan, seconds, memory } = run;
  const { heap, rss, heapSlope } = growth(memory);
  const last = memory.at(-1);
  const sorted = (counts: ReadonlyMap<string, number>): string =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([key, count]) => `${key} ${count}`)
      .join(', ');
  return [
    `${plan.inputs} inputs from seed ${plan.seed} at ${plan.normalLimits ? 'normal' : 'raised'} limits in ${seconds.toFixed(0)} s (${(plan.inputs / seconds).toFixed(0)} a second)`,
    `answers: ${sorted(run.statuses)}; 5xx by the product's own count: ${run.serverErrors}`,
    `memory after collection: heap ${last?.heap.toFixed(1)} MB, RSS ${last?.rss.toFixed(1)} MB; second half over first: heap ${heap.toFixed(1)} MB (bound ${MEMORY_BOUND.heap}), RSS ${rss.toFixed(1)} MB (bound ${MEMORY_BOUND.rss}); heap ${heapSlope.toFixed(2)} MB per 10,000 inputs`,
    `connection works: ${run.survived}; live rows unchanged: ${run.rowsUnchanged}`,
    `kinds: ${sorted(run.kinds)}`,
  ].join('\n');
}
