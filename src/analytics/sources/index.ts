import type { Source } from '../declare';
import { EMPLOYED, EMPLOYED_AT_START, JOINED, LEFT } from './employment';

/** By the name of their CTE. */
export const SOURCES: Readonly<Record<string, Source>> = {
  employed: EMPLOYED,
  employed_at_start: EMPLOYED_AT_START,
  joined: JOINED,
  left_us: LEFT,
};
