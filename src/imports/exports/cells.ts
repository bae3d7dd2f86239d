import { hundredth, isNothing, parseExponent, parseNumber } from '../file/numbers';
import { PLACE } from '../file/json-records';
import type { Cells } from './known-export';
import { Unreadable } from './unreadable';

/** Sum of whole numbers; blank where all are. */
export function sum(cells: Cells, ...headers: string[]): string {
  const numbers = headers.map((header) => whole(cells, header));
  return numbers.every((number) => number === undefined)
    ? ''
    : String(numbers.reduce<bigint>((total, number) => total + (number ?? 0n), 0n));
}

/** A whole number less another, not below zero; blank where it is. */
export function less(cells: Cells, from: string, other: string): string {
  const [all, part] = [whole(cells, from), whole(cells, other) ?? 0n];
  if (all === undefined) return '';
  return String(all < part ? 0n : all - part);
}

function whole(cells: Cells, header: string): bigint | undefined {
  const text = number(cells, header);
  if (text === undefined) return undefined;
  const digits = /^(\d+)(?:\.0+)?$/.exec(text)?.[1];
  if (digits === undefined) throw new Unreadable(header, 'is no whole number from zero up');
  return BigInt(digits);
}

/** A plain decimal; undefined where the cell is blank. */
function number(cells: Cells, header: string): string | undefined {
  const text = (cells[header] ?? '').trim();
  if (isNothing(text)) return undefined;
  const plain = parseNumber(text, '1,234.56') ?? parseExponent(text);
  if (plain === undefined) throw new Unreadable(header, 'is no number of the format 1,234.56');
  return plain;
}

/** Cents as units of the currency, from the first column that is not blank. */
export function cents(cells: Cells, ...headers: string[]): string {
  const amount = headers.map((header) => number(cells, header)).find((one) => one !== undefined);
  return amount === undefined ? '' : hundredth(amount);
}

/** An amount; words instead of one ("Included") are none. */
export function amountOrWord(cells: Cells, header: string): string {
  return /\d/.test(cells[header] ?? '') ? (number(cells, header) ?? '') : '';
}

/** The day of a moment: milliseconds or seconds since 1970, or a date in words. */
export function dayOf(text: string | undefined): string {
  const given = text ?? '';
  const moment = new Date(/^\d{9,10}$/.test(given) ? Number(given) * 1000 : /^\d{12,13}$/.test(given) ? Number(given) : given);
  return Number.isNaN(moment.getTime()) ? given : moment.toISOString().slice(0, 10);
}

/** What is said of a list as a whole, once. */
export function once(cells: Cells, header: string): string {
  return (cells[PLACE] ?? '0') === '0' ? (cells[header] ?? '') : '';
}

/** The first that is not blank. */
export function either(cells: Cells, ...headers: string[]): string {
  return headers.map((header) => cells[header] ?? '').find((text) => text !== '') ?? '';
}
