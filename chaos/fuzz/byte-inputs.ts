import { Dice } from './dice';
import type { Input } from './input';

/** Bytes that decoders disagree about: invalid, overlong and surrogate UTF-8, BOMs, NUL, ends of lines and of strings. */
const PIECES = [
  ...['\xff', '\xc0\xaf', '\xed\xa0\x80', '\xed\xa0\x80\xed\xb0\x80', '\xf4\x90\x80\x80', '\xe2\x82', '\xef\xbb\xbf', '\xfe\xff', '\x80'],
  ...['\0', '\r\n', '\n', '\t', ' ', '"', '\\', '\\u', '\\ud800', '{', '}', '[', ']', ',', ':', '0', '-', '1e999', '%', '&', '=', ';'],
];

/** A sound input with a few of its bytes changed. Marks of secrets count as one byte. */
export function byteMutated(dice: Dice, input: Input): Input {
  // Changes of the head can end it early, or announce another length: the parser may then wait for ever.
  if (input.body === '' || dice.chance(0.15)) {
    const head = changed(dice, input.head);
    return { kind: `bytes of head: ${input.kind}`, head, body: input.body, owed: false, surface: false };
  }
  const body = changed(dice, input.body);
  const { id: _id, ...rest } = input;
  return { ...rest, kind: `bytes of body: ${input.kind.replace(/ .*/, '')}`, body };
}

function changed(dice: Dice, text: string): string {
  return dice.several(1, 4, () => undefined).reduce<string>((now) => change(dice, now), text);
}

function change(dice: Dice, text: string): string {
  const at = dice.below(text.length);
  const to = at + 1 + dice.below(Math.min(16, text.length - at));
  return dice.way([
    [30, () => text.slice(0, at) + flipped(dice, text[at] ?? '') + text.slice(at + 1)],
    [25, () => text.slice(0, at) + dice.pick(PIECES) + text.slice(at)],
    [15, () => text.slice(0, at) + text.slice(to)],
    [10, () => text.slice(0, at)],
    [10, () => text.slice(0, to) + text.slice(at)],
    [10, () => text.slice(0, at) + dice.pick(PIECES) + text.slice(to)],
  ]);
}

function flipped(dice: Dice, character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? String.fromCharCode(code ^ (1 << dice.below(8))) : character;
}
