import { types } from 'pg';

const DATE = 1082;
const INT8 = 20;
const BYTEA = 17;

/**
 * How column types arrive, the same on a server and embedded: dates stay `YYYY-MM-DD` text (a Date would add a time
 * zone), counts are numbers, numeric stays text (money is never a JS number), bytea is a Buffer.
 */
export const PARSERS: Record<number, (text: string) => unknown> = {
  [DATE]: (text) => text,
  [INT8]: Number,
  [BYTEA]: (text) => Buffer.from(text.slice(2), 'hex'),
};

/** The same rules for `pg`. */
export const pgTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    PARSERS[oid] ?? (types.getTypeParser(oid, format) as (text: string) => unknown),
};
