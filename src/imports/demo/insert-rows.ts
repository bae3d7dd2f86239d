import type { EntityManager } from 'typeorm';
import { Row } from './rows';

/** Rows per statement: a statement stays well below the server's time-out. */
const BATCH = 2_000;

/** Inserts rows that all have the same columns, a few statements per table. Table and column names are this module's own constants. */
export async function insertRows(db: EntityManager, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  for (let start = 0; start < rows.length; start += BATCH) {
    await db.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
      JSON.stringify(rows.slice(start, start + BATCH)),
    ]);
  }
}
