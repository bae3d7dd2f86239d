import { tokensOf, type ToolTokens } from '../../bench/token-counts';
import { TYPICAL_CALLS } from '../../bench/typical-calls';
import { Demo } from '../support/demo';

describe('what a model pays for', () => {
  let demo: Demo;
  let counts: ToolTokens[];
  beforeAll(async () => {
    demo = await Demo.start();
    counts = await tokensOf(await demo.client('owner'));
  }, 180_000); // every tool once, after the demo is made: minutes on a busy machine with the embedded database
  afterAll(() => demo.close());

  it('is at most 4,000 tokens for any default answer', () => {
    expect(counts.filter(({ answer }) => answer !== undefined && answer > 4_000)).toEqual([]);
  });

  it('is known for every tool that reads', async () => {
    const hasScenarios = (await demo.rows('select from platform.plan where org_id = $1')).length > 0;
    const asked = counts.filter(({ reads, ofScenario }) => reads && (hasScenarios || !ofScenario));
    expect(asked.filter(({ answer }) => answer === undefined).map(({ name }) => name)).toEqual([]);
    expect(Object.keys(TYPICAL_CALLS).filter((name) => counts.every((one) => one.name !== name))).toEqual([]);
  });
});
