import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CallerFile, ImportError } from '../imports';
import { type Caller, CHUNK, type FileNames } from './caller';

/** Milliseconds between two lines of progress where there is no terminal whose line could be replaced. */
const PAUSE = 10_000;

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  EISDIR: 'it is a folder',
  EEXIST: 'it is there already',
};

/** The person at this terminal. */
export class LocalCaller implements Caller {
  exitCode = 0;
  private readonly handles = new Map<CallerFile, FileHandle>();
  private lastProgress = Date.now();
  private progressShown = false;

  /** @param folder to which names of files are relative */
  constructor(
    private readonly print: (line: string) => void,
    private readonly names: FileNames,
    private readonly folder: string,
  ) {}

  say(line: string): void {
    this.clearProgress();
    this.print(line);
  }

  progress(text: string): void {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\u001B[K${text}`);
      this.progressShown = true;
    } else if (Date.now() - this.lastProgress > PAUSE) {
      process.stderr.write(`${text}\n`);
      this.lastProgress = Date.now();
    }
  }

  nameOf(file: CallerFile): string {
    return this.names[file] ?? '';
  }

  async read(file: CallerFile, offset: number): Promise<Buffer | undefined> {
    try {
      const handle = this.handles.get(file) ?? (await open(this.path(file), 'r'));
      this.handles.set(file, handle);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, offset);
      return buffer.subarray(0, bytesRead);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      throw new ImportError(`${this.nameOf(file)} cannot be read: ${WHY[code] ?? code}.`);
    }
  }

  async writeMapping(text: string): Promise<void> {
    try {
      await writeFile(this.path('mapping'), text, { flag: 'wx' });
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      throw new ImportError(`${this.nameOf('mapping')} cannot be written: ${WHY[code] ?? code}. Name another place with --mapping.`);
    }
  }

  async close(): Promise<void> {
    this.clearProgress();
    for (const handle of this.handles.values()) await handle.close();
  }

  private path(file: CallerFile): string {
    return resolve(this.folder, this.nameOf(file));
  }

  private clearProgress(): void {
    if (this.progressShown) process.stderr.write('\r\u001B[K');
    this.progressShown = false;
  }
}
