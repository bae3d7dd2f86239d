import { run } from '../../chaos/fuzz/run';
import { complaints } from '../../chaos/fuzz/verdict';

describe('whatever arrives', () => {
  it('IN-7 gets an answer in its form: nothing fails inside, leaks, changes live data or ends the connection', async () => {
    const outcome = await run({ seed: 20_261_121, first: 0, inputs: 2_000, normalLimits: false, workers: 8 });
    expect(complaints(outcome)).toEqual([]);
    expect(outcome.kinds.size).toBeGreaterThan(40);
  }, 240_000);
});
