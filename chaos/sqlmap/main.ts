/**
 * sqlmap over every parameter of the built product: tools, resources, prompts, the JSON-RPC envelope, headers, cookies,
 * the OAuth endpoints, the pages and their forms. First over a server that is injectable on purpose, which it must find.
 *
 *   DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres npm run sqlmap
 *   … npm run sqlmap -- --only consent
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { resolveLocalhostNames } from '../../test/support/localhost-names';
import { onServer } from '../../test/support/server';
import { Stage } from './stage';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== '--'),
  options: { only: { type: 'string', default: '' }, parallel: { type: 'string', default: '2' } },
});

async function main(): Promise<void> {
  if (!onServer) throw new Error('Set DATABASE_URL to a PostgreSQL superuser: sqlmap is run against a database of its own there.');
  if (spawnSync('sqlmap', ['--version']).status !== 0)
    throw new Error('sqlmap is not installed (Debian: apt-get install --no-install-recommends sqlmap).');
  resolveLocalhostNames();
  const stage = await Stage.open();
  try {
    const proof = await stage.proveThatItFinds();
    const results = proof ? await stage.scanAll(values.only, Number(values.parallel)) : [];
    const bad = results.filter(({ problems }) => problems.length > 0);
    const sum = (of: 'requests' | 'points'): number => results.reduce((total, one) => total + one[of], 0);
    console.log(
      `\n${results.length} requests with ${sum('points')} injection points, ${sum('requests')} sent: ${bad.length} with findings`,
    );
    process.exitCode = proof && bad.length === 0 ? 0 : 1;
  } finally {
    await stage.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
