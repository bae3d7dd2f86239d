import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The product's version, as package.json has it (two folders up, from src and from dist alike). */
export const VERSION = (JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string }).version;
