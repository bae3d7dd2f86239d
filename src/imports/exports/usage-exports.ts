import * as anthropic from './anthropic';
import type { KnownExport } from './known-export';
import * as others from './other-providers';

/** What providers of AI export of its use. The first whose headers a file has is taken. */
export const USAGE_EXPORTS: readonly KnownExport[] = [...Object.values(anthropic), ...Object.values(others)];
