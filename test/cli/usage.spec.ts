import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandTable } from '../../src/cli';
import { COMMANDS } from '../../src/cli/commands';
import { runCli } from './run-cli';

const run = (...args: string[]) => runCli({}, args);

describe('the command line', () => {
  it('lists every command in help and in the documentation', async () => {
    const { code, out } = await run('help');
    expect(code).toBe(0);
    for (const { name, summary } of COMMANDS) {
      expect(out).toContain(`  ${name} `);
      expect(commandTable()).toContain(summary);
    }
  });

  it('explains one command', async () => {
    const expected = expect.stringMatching(/^Usage: plan <tenant> <plan>\n\nSet the plan of a tenant\.\n\n {2}<tenant> {2}Subdomain/);
    expect((await run('help', 'plan')).out).toEqual(expected);
    expect((await run('plan', '--help')).out).toEqual(expected);
  });

  it.each([
    [['tenant', 'destroy', 'acme'], 'There is no command "tenant destroy".'],
    [['plan', 'acme'], '"plan" takes 2 arguments, not 1.'],
    [['plan', 'acme', 'free', '--force'], "Unknown option '--force'."],
    [['user', 'create', 'a@b', 'A', '--password', 'x', '--no-password'], 'Give only one of --password and --no-password.'],
    [['user', 'create', 'a@b', 'A'], 'There is no terminal to ask for the password: use --password-stdin or --no-password.'],
  ])('refuses %j with a sentence and the usage', async (args, sentence) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.split('\n')[0]).toBe(sentence);
  });

  it('has one sentence per command, argument and option', () => {
    for (const command of COMMANDS) {
      const texts = [command.summary, ...[...command.arguments, ...Object.values(command.options ?? {})].map(({ about }) => about)];
      for (const one of texts) expect(one).toMatch(/^.{4,120}\.$/);
    }
  });
});

describe('the embedded database without a server', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flowstate-cli-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('is not made by a command that only got the wrong folder', async () => {
    const refused = await runCli({ DATA_DIR: dataDir }, ['keys', 'list']);
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining(`There is no database in ${dataDir}.`) });
    expect(existsSync(join(dataDir, 'pglite'))).toBe(false);
  });

  it('is opened by the command itself, and left to nobody else meanwhile', async () => {
    expect(await runCli({ DATA_DIR: dataDir }, ['demo', 'seed'])).toMatchObject({ code: 0, err: '' });
    const created = await runCli({ DATA_DIR: dataDir }, ['tenant', 'create', 'solo', 'Solo']);
    expect(created).toMatchObject({ code: 0, err: '' });
    expect((await runCli({ DATA_DIR: dataDir }, ['tenant', 'create', 'solo', 'Solo'])).err).toBe('There is a tenant "solo" already.\n');
    writeFileSync(join(dataDir, 'database.lock'), String(process.pid));
    const locked = await runCli({ DATA_DIR: dataDir }, ['keys', 'list']);
    expect(locked).toMatchObject({ code: 1, err: expect.stringContaining(`in use by process ${process.pid}`) });
  });
});
