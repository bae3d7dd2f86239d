/**
 * Files of whoever gave the command. The process that imports may be another one (the running server), so it never opens
 * a path: it asks the caller for bytes of the two files that the command line named, and may write only the mapping.
 */
export interface CallerFiles {
  /** Bytes from an offset on; none at the end, undefined where there is no such file. */
  read(file: CallerFile, offset: number): Promise<Buffer | undefined>;
  /** Writes the mapping; never over one that is there. */
  writeMapping(text: string): Promise<void>;
  /** How the operator called it, for sentences. */
  nameOf(file: CallerFile): string;
}

export type CallerFile = 'data' | 'mapping';

/** The whole file from its beginning, each time it is asked for. */
export async function* bytesOf(files: CallerFiles, file: CallerFile): AsyncGenerator<Buffer> {
  for (let offset = 0; ;) {
    const chunk = await files.read(file, offset);
    if (chunk === undefined || chunk.length === 0) return;
    yield chunk;
    offset += chunk.length;
  }
}
