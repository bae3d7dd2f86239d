import { EventEmitter } from 'node:events';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions';
import type { Place } from './data-source';

/** What the triggers of migration 1 send when access changes: ids only. */
export interface ChangeEvent {
  readonly table: string;
  readonly tenantId?: string;
  readonly orgId?: string;
  readonly userId?: string;
  readonly grantId?: string;
}

const CHANNEL = 'flowstate';
const RECONNECT_MS = 1_000;
const CONNECT_MS = 5_000;

/** NOTIFY is transactional and reaches every process on the database, so no second system has to agree with it (docs/adr/0008). */
export class ChangeListener {
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  close: () => Promise<void> = () => Promise.resolve();

  subscribe(handler: (event: ChangeEvent) => void): () => void {
    this.emitter.on('change', handler);
    return () => this.emitter.off('change', handler);
  }

  receive(payload: string): void {
    this.emitter.emit('change', JSON.parse(payload) as ChangeEvent);
  }
}

export async function changeListener(place: Place, app: DataSource): Promise<ChangeListener> {
  const listener = new ChangeListener();
  if (place.kind === 'embedded') {
    const stop = await place.session.database.listen(CHANNEL, (payload) => listener.receive(payload));
    listener.close = () => stop();
  } else {
    listener.close = await listenOnServer(app, listener);
  }
  return listener;
}

/** Keeps one connection listening; after a loss everything may have changed, so subscribers hear of a change of everything. */
async function listenOnServer(app: DataSource, listener: ChangeListener): Promise<() => Promise<void>> {
  const { url } = app.options as PostgresDataSourceOptions;
  let current: Client | undefined;
  let closing = false;
  let retry: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const client = new Client({ connectionString: url, application_name: 'flowstate_listen', connectionTimeoutMillis: CONNECT_MS });
    client.on('notification', (message) => listener.receive(message.payload ?? '{}'));
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    // Not before: a failed attempt ends too, and is repeated by whoever made it. Both would double it every time.
    client.once('end', () => {
      if (!closing) retry = setTimeout(() => void reconnect(), RECONNECT_MS);
    });
    current = client;
    if (closing) await client.end();
  };
  const reconnect = async (): Promise<void> => {
    try {
      await connect();
      listener.receive('{"table":"*"}');
    } catch {
      if (!closing) retry = setTimeout(() => void reconnect(), RECONNECT_MS);
    }
  };

  await connect();
  return async () => {
    closing = true;
    clearTimeout(retry);
    await current?.end().catch(() => undefined);
  };
}
