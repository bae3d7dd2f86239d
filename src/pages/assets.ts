import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { FAVICON, STYLESHEET } from './stylesheet';

export interface Asset {
  readonly type: string;
  readonly body: string;
}

export const ASSETS: ReadonlyMap<string, Asset> = new Map([
  [
    'pico.css',
    { type: 'text/css; charset=utf-8', body: readFileSync(require.resolve('@picocss/pico/css/pico.classless.min.css'), 'utf8') },
  ],
  ['flowstate.css', { type: 'text/css; charset=utf-8', body: STYLESHEET }],
  ['favicon.svg', { type: 'image/svg+xml', body: FAVICON }],
]);

/** Changes with any asset, so that browsers may keep each address for ever. */
export const ASSET_VERSION = createHash('sha256')
  .update([...ASSETS.values()].map((asset) => asset.body).join('\0'))
  .digest('hex')
  .slice(0, 12);

export function assetPath(name: string): string {
  return `/assets/${ASSET_VERSION}/${name}`;
}
