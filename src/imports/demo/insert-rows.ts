import type { EntityManager } from 'typeorm';
import { Row } from './rows';

/**
 * Inserts rows by one statement, because some rules are judged per statement; a column that a row lacks is null in it.
 * Table and column names are this module's own constants.
 */
export async function insertRows(db: EntityManager, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ');
  await db.query(`insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`, [
    JSON.stringify(rows),
  ]);
}
