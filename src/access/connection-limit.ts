import type { Server } from 'node:http';
import { BlockList, isIPv6, type Socket } from 'node:net';

/** Connections that one address may hold, and that there may be in all. */
const LIMITS = { perAddress: 2_048, total: 10_000 };

/**
 * Keeps somebody who opens connections and says nothing from taking the place of everybody else (IN-5). Proxies speak
 * for many and count in the total only; silent connections end by themselves with the timeout for headers.
 *
 * @param proxies addresses and CIDR ranges that may hold any number
 */
export function limitConnections(server: Server, proxies: readonly string[], limits = LIMITS): void {
  const trusted = blockList(proxies);
  const open = new Map<string, number>();
  server.maxConnections = limits.total;
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    if (count > limits.perAddress && !trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return void socket.destroy();
    open.set(address, count);
    socket.once('close', () => forget(open, address));
  });
}

function forget(open: Map<string, number>, address: string): void {
  const left = (open.get(address) ?? 1) - 1;
  if (left > 0) open.set(address, left);
  else open.delete(address);
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/', 2);
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
}
