import type { CallerFile, CallerFiles } from '../imports';

/** Whoever gave the command, wherever it runs: what they see of it, and the files that they named. */
export interface Caller extends CallerFiles {
  say(line: string): void;
  /** A line that the next one replaces. */
  progress(text: string): void;
  /** How the command line ends, where that is not 0. */
  exitCode: number;
}

/** The files that a command may ask its caller for, as the caller named them. */
export type FileNames = Partial<Readonly<Record<CallerFile, string>>>;

/** Bytes of one answer to a read: base64 in a line of JSON. */
export const CHUNK = 256 * 1024;

/** What the running server writes, one JSON text a line: lines of the answer, what it asks for, then how it ended. */
export type OperatorReply =
  | { readonly line: string }
  | { readonly progress: string }
  | { readonly read: CallerFile; readonly at: number }
  | { readonly write: string }
  | { readonly error: string }
  | { readonly done: true; readonly exitCode: number };

/** What the command line answers when it is asked. */
export type CallerAnswer =
  { readonly chunk: string } | { readonly absent: true } | { readonly written: true } | { readonly failed: string };
