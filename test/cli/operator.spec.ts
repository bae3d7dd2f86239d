import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorSocket } from '../../src/cli';
import { CliModule } from '../../src/cli/cli.module';
import { Config } from '../../src/config';
import { TEST_SECRET } from '../support/app';
import { TestDatabase, testDatabase } from '../support/database';
import { onServer } from '../support/server';
import { CliResult, runCli } from './run-cli';

const PASSWORD = 'a password nobody prints';
/** The socket exists only where the server alone can open the database. */
const whileEmbedded = onServer ? it.skip : it;

let db: TestDatabase;
let holder: INestApplicationContext;
let environment: Record<string, string>;
const everythingPrinted: string[] = [];

/** On the embedded database this process holds it, as a running server does; on a server the command goes there itself. */
beforeAll(async () => {
  db = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'flowstate-cli-'));
  environment = { DATA_DIR: dataDir, DATABASE_URL: db.url, APP_SECRET: TEST_SECRET };
  holder = await NestFactory.createApplicationContext(CliModule.with(Config.from(environment), db.open), {
    logger: false,
    abortOnError: false,
  });
  await holder.get(OperatorSocket).listen();
});
afterAll(async () => {
  await holder.close();
  await db.drop();
  rmSync(environment['DATA_DIR']!, { recursive: true, force: true });
});

async function cli(args: string, stdin?: string): Promise<CliResult> {
  const result = await runCli(
    environment,
    args.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', '')),
    stdin,
  );
  everythingPrinted.push(result.out, result.err);
  return result;
}

async function done(args: string, stdin?: string): Promise<string> {
  const { code, out, err } = await cli(args, stdin);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

async function refused(args: string): Promise<string> {
  const { code, out, err } = await cli(args);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  return err;
}

describe('an operator', () => {
  it('AUD-12 sets up a customer from nothing and each change is audited', async () => {
    expect(await done('tenant create umbrella "Umbrella Corp" --plan enterprise')).toMatch(
      /^Created tenant umbrella \(tnt_[a-z2-7]{12}\) on plan enterprise/,
    );
    expect(await done('organization create umbrella Hive --time-zone Europe/Berlin --currency USD')).toMatch(
      /^Created organization Hive \(org_/,
    );
    expect(await done('organization set umbrella/Hive write-mode confirm_destructive')).toBe(
      'write-mode is confirm_destructive for Hive.\n',
    );
    await done('role create umbrella/Hive auditor people.read,activity.read');
    await done('user create alice@umbrella.example "Alice A" --password-stdin', `${PASSWORD}\n`);
    await done('member add umbrella/Hive Alice@Umbrella.example auditor');
    await done('member set-role umbrella/Hive alice@umbrella.example finance');
    await done('toggle umbrella mcp_external_access on');
    await done('plan umbrella agency');
    await done('tenant suspend umbrella');
    await done('tenant resume umbrella');
    const [tenant] = await db.admin("select plan, status, features from platform.tenant where slug = 'umbrella'");
    expect(tenant).toEqual({ plan: 'agency', status: 'active', features: { mcp_external_access: true } });
    const [member] = await db.admin(
      'select role, o.time_zone, o.reporting_currency, o.write_mode from platform.membership join platform.organization o on o.id = org_id',
    );
    expect(member).toEqual({ role: 'finance', time_zone: 'Europe/Berlin', reporting_currency: 'USD', write_mode: 'confirm_destructive' });
    await done('member remove umbrella/Hive alice@umbrella.example');
    await done('user disable alice@umbrella.example');
    await done('user enable alice@umbrella.example');
    const events = await db.admin<{ kind: string }>('select kind from platform.audit_event order by seq');
    expect(events.map(({ kind }) => kind)).toEqual([
      ...[
        'tenant.created',
        'organization.created',
        'organization.changed',
        'role.changed',
        'user.created',
        'member.changed',
        'member.changed',
      ],
      ...['tenant.changed', 'tenant.changed', 'tenant.changed', 'tenant.changed', 'member.changed', 'user.changed', 'user.changed'],
    ]);
  });

  it('rotates the signing key and sees the one before go on verifying', async () => {
    const [, kid] = /key (\S+)\.\n$/.exec(await done('keys rotate'))!;
    const list = (await done('keys list')).trim().split('\n');
    expect(list).toHaveLength(2);
    expect(list[0]).toBe(`${kid}  signs`);
    expect(list[1]).toMatch(/ {2}verifies until its tokens have expired$/);
  });

  it('is told in a sentence what cannot be done, and nothing is written', async () => {
    await done('tenant create initrode Initrode');
    const before = await db.admin('select count(*)::int as n from platform.audit_event');
    expect(await refused('tenant create initrode Again')).toBe('There is a tenant "initrode" already.\n');
    expect(await refused('tenant create UPPER Again')).toMatch(/cannot be a subdomain/);
    expect(await refused('plan initrode gold')).toMatch(/the plans are free, team, business/);
    expect(await refused('toggle initrode mcp_magic on')).toMatch(/There is no feature "mcp_magic"/);
    expect(await refused('toggle nobody mcp_external_access on')).toBe('There is no tenant "nobody".\n');
    expect(await refused('organization create initrode Main --time-zone Mars/Base')).toMatch(/not an IANA time zone/);
    expect(await refused('organization set umbrella/Hive colour red')).toMatch(/the settings are write-mode, over-allocation/);
    expect(await refused('organization set umbrella/Hive write-mode maybe')).toMatch(/one of direct, confirm_destructive, off/);
    expect(await refused('member add initrode/Main nobody@x.example owner')).toMatch(/no organization "initrode\/Main"/);
    expect(await refused('user disable nobody@x.example')).toMatch(/no account/);
    expect(await db.admin('select count(*)::int as n from platform.audit_event')).toEqual(before);
  });

  it('seeds the demo into an empty database only', async () => {
    expect(await refused('demo seed')).toMatch(/holds a tenant already/);
  });

  it('never sees a password again', async () => {
    await done(`user create bob@umbrella.example Bob --password "${PASSWORD}"`);
    const events = await db.admin('select * from platform.audit_event');
    expect(everythingPrinted.join('') + JSON.stringify(events)).not.toContain(PASSWORD);
  });

  whileEmbedded('reaches the server by a socket that only its own account may open', async () => {
    const path = join(environment['DATA_DIR']!, 'operator.sock');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (const nonsense of ['not json\n', '{}\n', '{"argv":["tenant"]}\n', '']) {
      const socket = createConnection(path);
      socket.end(nonsense);
      expect(JSON.parse((await text(socket)).trim())).toHaveProperty('error');
    }
    expect(await done('keys list')).toContain('signs');
  });
});
