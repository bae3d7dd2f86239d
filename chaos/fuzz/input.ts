import type { Dice } from './dice';
import { bytes, LENGTH } from './template';

/** Which form the answer has to have, where the grammar knows. */
export type AnswerForm = 'protocol' | 'oauth' | 'discovery' | 'page';

/** One request (or what looks like one), as a template. */
export interface Input {
  /** What it is, for the figures of the report. */
  readonly kind: string;
  /** Request line and headers with the empty line after them. */
  readonly head: string;
  readonly body: string;
  /** Whether HTTP owes an answer. An odd head or a body that is shorter than announced may wait for ever. */
  readonly owed: boolean;
  readonly form?: AnswerForm;
  /** Whether the path is on the MCP surface beyond doubt, so that the answer has to carry the rate-limit headers. */
  readonly surface: boolean;
  /** The JSON-RPC id that a result has to repeat. */
  readonly id?: string | number;
  /** True for requests made with the other tenant's token: then it is our data that must not come back. */
  readonly foreign?: boolean;
  /** Where the bytes are cut into separate writes, each 0 to 1 of the whole. */
  readonly cuts?: readonly number[];
}

export type Header = readonly [name: string, value: string];

/** Request line and headers; the values may hold any text. */
export function head(method: string, target: string, headers: readonly Header[], version = 'HTTP/1.1'): string {
  return [`${method} ${target} ${version}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].map(bytes).join('\r\n');
}

export function withLength(headers: readonly Header[]): Header[] {
  return [...headers, ['Content-Length', LENGTH]];
}

/** Without what would end the line. */
export function headerText(text: string): string {
  return text.replace(/[\r\n]/g, '').slice(0, 4_000);
}

/** One of two thousand, so that limits per address are met neither at once nor never. */
export function address(dice: Dice): string {
  return `10.7.${dice.below(8)}.${1 + dice.below(250)}`;
}
