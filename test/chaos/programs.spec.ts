import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { itOnServer } from '../support/database';
import { withDatabase, serverUrl } from '../support/server';

/** The restarts need a PostgreSQL server of the program's own. */
const itWithCluster = existsSync('/usr/lib/postgresql') ? it : it.skip;

/** The programs themselves in short; `npm run chaos` and `npm run races` do it for real. */
describe('the chaos programs', () => {
  const MINUTES = 5 * 60_000;

  it(
    'REL-1 find nobody locked out and nothing lost when a process with an embedded database is killed',
    async () => {
      const { code, output } = await run('main', { DATABASE_URL: '' }, '--only', 'embedded', '--rounds', '2');
      expect(output).toContain('| kill -9, embedded database | 2 kills of the process |');
      expect({ code, output }).toMatchObject({ code: 0 });
    },
    MINUTES,
  );

  itOnServer(
    'REL-1 find the same when one of two replicas is killed',
    async () => {
      const { code, output } = await run('main', {}, '--only', 'kill', '--rounds', '3');
      expect(output).toContain('| kill -9, PostgreSQL |');
      expect({ code, output }).toMatchObject({ code: 0 });
    },
    MINUTES,
  );

  itOnServer(
    'REL-1 find a merge that is killed in its middle done or undone, and never half',
    async () => {
      const { code, output } = await run('main', {}, '--only', 'merge', '--rounds', '3');
      expect(output).toContain('3 kills within the');
      expect({ code, output }).toMatchObject({ code: 0 });
    },
    MINUTES,
  );

  itWithCluster(
    'REL-2 find that a restart of PostgreSQL and killed connections are got over',
    async () => {
      const { code, output } = await run('main', {}, '--only', 'postgres', '--rounds', '1');
      expect(output).toContain('1 fast and 1 immediate restarts, 30 connections killed');
      expect({ code, output }).toMatchObject({ code: 0 });
    },
    MINUTES,
  );

  itOnServer(
    'TOK-8, RT-3, RT-8 find the rules of every race kept on two processes',
    async () => {
      const { code, output } = await run('races', {}, '--rounds', '3');
      expect(output).toContain('Every rule held.');
      expect({ code, output }).toMatchObject({ code: 0 });
    },
    MINUTES,
  );

  it('refuse an experiment that does not exist', async () => {
    const { code, output } = await run('main', {}, '--only', 'earthquake');
    expect(code).toBe(1);
    expect(output).toContain('There is no experiment "earthquake"');
  });
});

function run(
  program: string,
  environment: Record<string, string>,
  ...parameters: string[]
): Promise<{ code: number | null; output: string }> {
  const server = serverUrl === '' ? {} : { DATABASE_URL: withDatabase(serverUrl, 'postgres') };
  const env = { ...process.env, NODE_OPTIONS: '', ...server, ...environment };
  const child = spawn(process.execPath, ['-r', '@swc-node/register', `chaos/${program}.ts`, ...parameters], { env });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output })));
}
