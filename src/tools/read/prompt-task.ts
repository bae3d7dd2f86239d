import type { CallContext } from '../../access';
import { OPTIONAL, Text } from '../fields';

/** What most prompts can be narrowed to. */
export class Focus {
  @Text('A team, place or question to look at; default: the whole organization.', { ...OPTIONAL, max: 200 }) focus?: string;
}

const HONESTLY =
  'Name the day of the data and the currency of each figure. Do not guess figures that no tool returned; say what was redacted. Page on while hasMore is true.';

/** The text of a prompt: a wish, and the steps that lead to an answer. */
export function task(ctx: CallContext, wish: string, focus: string | undefined, steps: readonly string[]): Promise<string> {
  const about = focus === undefined ? '' : ` Look at this above all: ${focus}.`;
  const numbered = [...steps, HONESTLY].map((step, index) => `${index + 1}. ${step}`);
  return Promise.resolve([`${wish}${about} It is about ${ctx.orgName}; use the Flowstate tools.`, ...numbered].join('\n'));
}
