import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

it('docs/mcp-server.md lists every code that a call can be refused with, and no other', () => {
  const thrown = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [...readFileSync(join(ROOT, 'src', path), 'utf8').matchAll(/ToolError\(\s*'([A-Z_]+)'/g)].map(([, code]) => code));
  const [, table] = readFileSync(join(ROOT, 'docs/mcp-server.md'), 'utf8').split(/^\| Code .*$/m);
  const listed = [...table!.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code);
  // What is no refusal of ours becomes UNAVAILABLE or INTERNAL (mcp/results.ts).
  expect([...listed].sort()).toEqual([...new Set([...thrown, 'UNAVAILABLE', 'INTERNAL'])].sort());
});
