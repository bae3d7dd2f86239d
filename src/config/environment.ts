import { Config } from './config';

/** The only reader of process.env. */
export function environment(): Config {
  return Config.from(process.env);
}
