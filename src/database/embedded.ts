import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { PARSERS } from './types';

/** The embedded database could not be opened because another process has it. */
class DatabaseInUseError extends Error {
  override readonly name = 'DatabaseInUseError';
}

/** PGlite has no lock of its own, and two processes on one folder lose committed rows silently (docs/adr/0003). */
export function lockFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'database.lock');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(file, 'utf8'));
      if (isAlive(holder))
        throw new DatabaseInUseError(
          `The embedded database in ${dataDir} is in use by process ${holder}. Stop it, or set another DATA_DIR.`,
        );
      rmSync(file, { force: true });
    }
  }
  throw new DatabaseInUseError(`The embedded database in ${dataDir} could not be locked.`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Opens the embedded database in a folder, or in memory from a snapshot (tests). */
export async function openEmbedded(source: { folder: string } | { snapshot?: Blob }): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite');
  const common = { parsers: PARSERS };
  const database =
    'folder' in source
      ? await PGlite.create(source.folder, common)
      : await PGlite.create({ ...common, ...(source.snapshot && { loadDataDir: source.snapshot }) });
  return database as unknown as PGlite;
}
