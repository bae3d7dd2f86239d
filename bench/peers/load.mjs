// Load, in a process of its own: reads one JSON line (autocannon's options), prints one JSON line (what came of it).
import autocannon from 'autocannon';
import { text } from 'node:stream/consumers';

const { bodies, ...options } = JSON.parse(await text(process.stdin));
const result = await autocannon({ ...options, requests: bodies.map((body) => ({ method: 'POST', body })) });
const { latency, duration, errors, non2xx } = result;
console.log(JSON.stringify({ answered: result['2xx'], duration, errors, non2xx, p50: latency.p50, p99: latency.p99 }));
