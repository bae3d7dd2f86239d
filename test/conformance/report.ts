import type { Run, Scenario } from './tool';

/** The whole table is for `npm run conformance`; among all tests a line for each run is enough. */
const TABLE = process.env['npm_lifecycle_event'] === 'conformance';

/**
 * Says what is run, and what came of it; hands the result through.
 * @param shown names the scenarios that count where not all do
 */
export async function reported(title: string, work: () => Promise<Run>, shown?: readonly string[]): Promise<Run> {
  print(`\n${title} …`);
  const started = Date.now();
  const run = await work();
  const rows = run.scenarios.filter(({ name }) => shown?.includes(name) ?? true);
  if (TABLE) for (const line of table(rows)) print(line);
  print(`  ${summary(rows)}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return run;
}

function summary(rows: readonly Scenario[]): string {
  const scored = rows.filter((one) => one.scored);
  const [passed, expected] = [scored.filter(({ ok }) => ok).length, scored.filter((one) => one.expected).length];
  const checks = rows.reduce((sum, one) => sum + one.passed, 0);
  const further = rows.length - scored.length;
  const notes = [expected > 0 && `${expected} expected to fail`, further > 0 && `${further} more are not scored`].filter(Boolean);
  return `${passed} of ${scored.length} scenarios${notes.length > 0 ? ` (${notes.join(', ')})` : ''}, ${checks} checks`;
}

function table(rows: readonly Scenario[]): string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.flatMap(({ name, ok, expected, scored, passed, failed, remarks }) => {
    const counts = `${String(passed).padStart(3)} passed ${String(failed).padStart(3)} failed`;
    const line = `  ${ok ? '✓' : expected ? '~' : '✗'} ${name.padEnd(width)} ${counts}${scored ? '' : '  (not scored)'}`;
    return [line, ...(scored ? remarks.map((remark) => `      ${remark}`) : [])];
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
