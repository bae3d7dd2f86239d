/**
 * Loaded into the product by NODE_OPTIONS=--import: answers each connection to a socket of its own with the process's
 * memory after a full collection, so that garbage is not taken for a leak. Nothing of the product is touched.
 */
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const path = process.env['FUZZ_MEMORY_SOCKET'];

if (path) {
  // A start before this one may have left it.
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    collect();
    socket.on('error', () => undefined).end(JSON.stringify(process.memoryUsage()));
  });
  server
    .on('error', () => undefined)
    .listen(path)
    .unref();
}
