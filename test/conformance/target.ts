import { LazyModuleLoader } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Catalogue } from '../../src/mcp';
import { premade } from '../../src/mcp/premade';
import { startApp, TestApp } from '../support/app';
import { freePort } from '../support/free-port';
import { connect } from '../support/oauth-flow';
import { createTenant, createUser, TestUser } from '../support/people';
import { FixturesModule } from './fixtures/fixtures.module';
import { JSON_SCHEMA_2020_12 } from './fixtures/json-schema';
import { MCP_PATH, startTokenProxy } from './token-proxy';

/** The product, listening, with somebody connected to it by OAuth whose token every request carries. */
export interface Target {
  readonly app: TestApp;
  readonly user: TestUser;
  /** The bare host: the tool's checks of Host and Origin want a name of this machine. */
  readonly origin: string;
  /** Where the tool is pointed. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param fixtures with what the tool expects to find, or as it is shipped */
export async function startTarget(fixtures: 'fixtures' | 'shipped'): Promise<Target> {
  const port = await freePort();
  // Counted in this process: registrations on the bare host have one budget, which all runs on one Redis would share.
  const settings = { BASE_DOMAIN: `localhost:${port}`, RATE_LIMIT_PER_MINUTE: '100000', REDIS_URL: '' };
  const app = await startApp(settings, undefined, fixtures === 'fixtures' ? addFixtures : undefined);
  const { orgId } = await createTenant(app.db);
  const user = await createUser(app.db, 'owner', orgId);
  const proxy = await startTokenProxy(port, app.port);
  const origin = app.origin();
  proxy.use((await connect(origin, user)).access_token);
  const close = async (): Promise<void> => {
    await proxy.close();
    await app.close();
  };
  return { app, user, origin, url: origin + MCP_PATH, close };
}

async function addFixtures(app: NestFastifyApplication): Promise<void> {
  await app.get(LazyModuleLoader).load(() => FixturesModule);
  await app.init();
  // Our inputs are classes of fields and never have these keywords; the tool looks whether they would get through.
  const tools = app.get(Catalogue).lists().tools as { name: string; inputSchema: object }[];
  Object.assign(tools.find(({ name }) => name === 'json_schema_2020_12_tool')?.inputSchema ?? {}, JSON_SCHEMA_2020_12);
  premade(tools);
}
