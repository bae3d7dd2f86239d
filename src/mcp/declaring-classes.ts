import type { Type } from '@nestjs/common';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const DECLARING = /[.-](?:tools|resources|prompts)\.[jt]s$/;

/** Every class of a folder's tool, resource and prompt files: a new tool is a new file, and nothing has to list it. */
export function declaringClasses(folder: string): Type[] {
  const files = readdirSync(folder).filter((file) => DECLARING.test(file));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known at start only
  const modules = files.map((file) => require(join(folder, file)) as Record<string, unknown>);
  return modules.flatMap((exported) => Object.values(exported)).filter((value): value is Type => typeof value === 'function');
}
