import { hundredth } from '../file/numbers';
import { PLACE } from '../file/json-records';
import type { Cells } from './known-export';

/** Sum of whole numbers; blank where all are. */
export function sum(cells: Cells, ...headers: string[]): string {
  if (either(cells, ...headers) === '') return '';
  return String(headers.reduce((total, header) => total + whole(cells[header]), 0n));
}

/** A whole number less another, not below zero; blank where it is. */
export function less(cells: Cells, from: string, other: string): string {
  if (either(cells, from) === '') return '';
  const rest = whole(cells[from]) - whole(cells[other]);
  return String(rest < 0n ? 0n : rest);
}

const whole = (text: string | undefined): bigint => (/^\d+$/.test(text ?? '') ? BigInt(text as string) : 0n);

/** Cents as units of the currency. */
export function cents(text: string | undefined): string {
  return /^\d+(\.\d+)?$/.test(text ?? '') ? hundredth(text as string) : '';
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
