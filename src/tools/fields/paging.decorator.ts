import { field } from '../../mcp';
import { Flag } from './choice.decorator';
import { OPTIONAL, rule } from './rule';
import { isLine, Words } from './text.decorator';

const MOST_ROWS = 100;
const DEFAULT_ROWS = 25;
const LONGEST_CURSOR = 2_000;

/** How many rows a page has. */
export function Limit({ most = MOST_ROWS, byDefault = DEFAULT_ROWS } = {}): PropertyDecorator {
  const holds = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
  return field({
    schema: { type: 'integer', minimum: 1, maximum: most, default: byDefault, description: 'Rows per page.' },
    rules: [rule('limit', holds, `a whole number from 1 to ${most}`)],
    optional: true,
  });
}

/** Where a page begins. */
export function Cursor(): PropertyDecorator {
  return field({
    schema: { type: 'string', description: 'From nextCursor.' },
    rules: [rule('cursor', (value) => isLine(value, LONGEST_CURSOR), 'the nextCursor of the page before, unchanged')],
    optional: true,
  });
}

/** Input of a list: inherit it. */
export abstract class Paged {
  @Limit() limit: number = DEFAULT_ROWS;
  @Cursor() cursor?: string;
}

/** Output of a list besides its items: inherit it. */
export abstract class PageOutput {
  @Flag() hasMore: boolean;
  @Words('For the next page, with the same arguments.', OPTIONAL) nextCursor?: string;
}
