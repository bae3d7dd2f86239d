import { chatGptConnector, chatGptPlatform } from './chatgpt';
import { claudeAi, claudeCom } from './claude';
import { claudeCode } from './claude-code';
import { cursor, cursorUntyped } from './cursor';
import type { KnownClient } from './known-client';
import { openCode } from './opencode';
import { vsCode } from './vs-code';

export type { KnownClient } from './known-client';

export const KNOWN_CLIENTS: readonly (readonly [string, KnownClient])[] = [
  ['Claude at claude.ai', claudeAi],
  ['Claude at claude.com', claudeCom],
  ['Claude Code', claudeCode],
  ['ChatGPT with its shared callback', chatGptPlatform],
  ['ChatGPT with a callback per connector', chatGptConnector],
  ['Cursor', cursor],
  ['Cursor without an application type', cursorUntyped],
  ['VS Code', vsCode],
  ['opencode', openCode],
];
