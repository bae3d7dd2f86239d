import { connect, Socket } from 'node:net';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { limitConnections } from '../../src/access';
import { eventually, speak } from './wire';
import { World } from './world';

/** Sockets that say nothing, from an address of this machine; few at a time, as more would wait in the system's queue. */
async function idle(port: number, count: number, localAddress: string): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const few = Array.from({ length: Math.min(100, count - sockets.length) }, () =>
      connect({ port, host: '127.0.0.1', localAddress })
        .on('error', () => undefined)
        .resume(),
    );
    await Promise.all(few.map((socket) => new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))));
    sockets.push(...few);
  }
  return sockets;
}

const stillOpen = (sockets: readonly Socket[]): number =>
  sockets.filter(({ destroyed, readyState }) => !destroyed && readyState === 'open').length;
const HEALTH = 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

describe('connections that say nothing', () => {
  it('IN-5 are limited per address in the running product, and health stays green for everybody else', async () => {
    const world = await World.start({ TRUST_PROXY: '' });
    const { port } = world.app;
    const sockets = await idle(port, 2_100, '127.0.0.2');
    await eventually('those above the limit are closed', () => stillOpen(sockets) <= 2_048, 10_000);
    expect(stillOpen(sockets)).toBe(2_048);
    expect(await speak(port, HEALTH)).toMatch(/^HTTP\/1\.1 200 /);
    const connection = await world.connect(await world.tenant());
    expect((await world.rpc(connection, 'tools/list')).status).toBe(200);
    sockets.forEach((socket) => socket.destroy());
    await eventually('their places are free again', async () => {
      const [one] = await idle(port, 1, '127.0.0.2');
      return stillOpen([one!]) === 1 && (one!.destroy(), true);
    });
    await world.close();
  });

  describe('to a server with small limits', () => {
    let server: Server;
    let port: number;
    const start = async (proxies: string[]): Promise<void> => {
      server = createServer((_, response) => response.end('ok'));
      limitConnections(server, proxies, { perAddress: 5, total: 12 });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    };
    afterEach(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    it('IN-5 are limited for each address and for all together', async () => {
      await start([]);
      const [first, second, third] = [await idle(port, 8, '127.0.0.2'), await idle(port, 8, '127.0.0.3'), await idle(port, 8, '127.0.0.4')];
      await eventually('the rest is closed', () => stillOpen([...first, ...second, ...third]) === 12);
      expect([stillOpen(first), stillOpen(second), stillOpen(third)]).toEqual([5, 5, 2]);
      [...first, ...second, ...third].forEach((socket) => socket.destroy());
    });

    it('IN-5 are counted in all only, for a proxy that speaks for many', async () => {
      await start(['127.0.0.0/30', '::1']);
      const sockets = await idle(port, 20, '127.0.0.2');
      await eventually('the rest is closed', () => stillOpen(sockets) === 12);
      sockets.forEach((socket) => socket.destroy());
    });
  });
});
