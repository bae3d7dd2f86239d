import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Demo } from '../support/demo';

type Block = Record<string, unknown>;

/** The calls of README's conversation: the tool that is named before each, its arguments and what is shown of its answer. */
function conversation(): { tool: string; input: Block; answer: Block | undefined }[] {
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const [, section = ''] = /^## A conversation\n([^]*?)^## /m.exec(readme) ?? [];
  const CALL = /`(\w+)`\n\n```json\n([^]*?)```(?:\n\n```json\n([^]*?)```)?/g;
  return [...section.matchAll(CALL)].map(([, tool = '', input = '', answer]) => ({
    tool,
    input: JSON.parse(input) as Block,
    answer: answer === undefined ? undefined : (JSON.parse(answer) as Block),
  }));
}

/** Where the shown part differs from the whole: in its form, or in words. Numbers, days and ids are of the day when it was written. */
function differences(shown: unknown, whole: unknown, path = ''): string[] {
  if (typeof shown === 'object' && shown !== null && typeof whole === 'object' && whole !== null)
    return Object.entries(shown).flatMap(([key, value]) => differences(value, (whole as Block)[key], `${path}/${key}`));
  const words = typeof shown === 'string' && !/\d/.test(shown) && !shown.includes('://');
  const same = words ? shown === whole : typeof shown === typeof whole;
  return same ? [] : [`${path}: ${JSON.stringify(shown)} is ${JSON.stringify(whole)}`];
}

describe("README's conversation", () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await Demo.start();
  }, 120_000);
  afterAll(() => demo.close());

  it('is what the demo answers', async () => {
    const calls = conversation();
    expect(calls.map(({ tool }) => tool)).toEqual([
      'find_projects_with_issues',
      'query_analytics',
      'create_scenario',
      'terminate_employees',
    ]);
    let planId: unknown;
    for (const { tool, input, answer } of calls) {
      const { data, isError } = await demo.call('finance', tool, { ...input, ...('planId' in input && { planId }) });
      expect([tool, isError]).toEqual([tool, false]);
      planId = (data as unknown as Block)['planId'];
      expect([tool, ...differences(answer ?? {}, data)]).toEqual([tool]);
    }
  });
});
