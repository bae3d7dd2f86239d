import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { Config } from '../../src/config';
import { Database, openDatabase, openEmbedded, openSession, Session } from '../../src/database';
import { onDatabase, onServer, serverUrl, template, withDatabase } from './server';

/** A database of one test file's own, and a way around the product's roles to prepare and inspect it. */
export interface TestDatabase {
  /** For the configuration: empty on the embedded database. */
  readonly url: string;
  open(config: Config): Promise<Database>;
  /** As a superuser, past row level security. */
  admin<R = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

/** Tests that need two database sessions run on a server only; the embedded database has one. */
export const itOnServer = onServer ? it : it.skip;

export async function testDatabase(): Promise<TestDatabase> {
  return onServer ? serverDatabase() : embeddedDatabase();
}

async function embeddedDatabase(): Promise<TestDatabase> {
  const session = new Session(await openEmbedded({ snapshot: new Blob([readFileSync(template.snapshot())]) }));
  return {
    url: '',
    open: (config) => openSession(config, session),
    drop: async () => {
      if (!session.database.closed) await session.database.close();
    },
    admin: async <R>(sql: string, parameters: unknown[] = []) => {
      await session.acquire();
      try {
        await session.database.exec('set session authorization postgres; set search_path = live, platform');
        const { rows } = await session.database.query<R>(sql, parameters);
        await session.database.exec('reset search_path');
        return rows;
      } finally {
        session.release();
      }
    },
  };
}

async function serverDatabase(): Promise<TestDatabase> {
  const name = `flowstate_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await onDatabase(serverUrl, (client) => client.query(`create database ${name} template ${template.database()}`));
  const url = withDatabase(serverUrl, name);
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('set search_path = live, platform');
  return {
    url,
    open: openDatabase,
    admin: async <R>(sql: string, parameters: unknown[] = []) => (await client.query(sql, parameters)).rows as R[],
    drop: async () => {
      await client.end();
      await onDatabase(serverUrl, (admin) => admin.query(`drop database ${name} with (force)`));
    },
  };
}
