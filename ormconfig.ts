import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { environment } from './src/config';
import { migrationSource, openEmbedded, type Place, Session, withFoundation } from './src/database';

/** The DataSource of TypeORM's command line (`npm run typeorm -- migration:show`), made from the product's own configuration. */
async function source(): Promise<DataSource> {
  const config = environment();
  const { databaseUrl, dataDir } = config.set;
  const place: Place = databaseUrl
    ? { kind: 'server', url: databaseUrl }
    : { kind: 'embedded', session: new Session(await openEmbedded({ folder: join(dataDir, 'pglite') })) };
  await withFoundation(config, place, () => Promise.resolve());
  return migrationSource(place);
}

export default source();
