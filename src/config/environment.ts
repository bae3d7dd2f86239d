import { join } from 'node:path';
import { Config } from './config';

/** The only reader of process.env. */
export function environment(): Config {
  return Config.from(process.env);
}

/** Where the caller of a command is. `npm run` goes to this package's folder first and says where it came from. */
export function callersFolder(): string {
  const here = process.cwd();
  return here === join(__dirname, '../..') ? (process.env['INIT_CWD'] ?? here) : here;
}
