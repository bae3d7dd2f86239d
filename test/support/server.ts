import { Client } from 'pg';

/** Where tests run: on the server that DATABASE_URL names, else embedded. */
export const serverUrl = process.env['DATABASE_URL'] ?? '';
export const onServer = serverUrl !== '';

/** Made by global-setup for this run alone: a template database on the server, or a dumped data folder. */
export const template = {
  database: () => process.env['FLOWSTATE_TEST_TEMPLATE'] ?? '',
  snapshot: () => process.env['FLOWSTATE_TEST_SNAPSHOT'] ?? '',
};

export function withDatabase(url: string, name: string): string {
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.toString();
}

export async function onDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
