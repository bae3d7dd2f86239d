import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Fastify from 'fastify';
import { createApp } from './app';
import { OperatorSocket } from './cli';
import { Config, environment } from './config';
import { openDatabase } from './database';
import { DEMO_PASSWORD, DemoSeed } from './imports';
import { OperationsService } from './operations';

async function main(): Promise<void> {
  const started = Date.now();
  const config = environment();
  // Opened first: what can go wrong at a start goes wrong here, and should be one sentence, not a stack of injections.
  const database = await openDatabase(config);
  const app = await createApp(config, () => Promise.resolve(database));
  if (config.demoData && (await app.get(DemoSeed).seedIfEmpty())) console.log('Filled the empty database with demo data.');
  await app.listen(config.set.port, config.set.listenHost);
  await app.get(OperatorSocket).listen();
  if (config.set.opsPort > 0) await listenForOperators(app, config);
  console.log(await welcome(app, config, Date.now() - started));
}

/** Health and metrics away from the product's port; closed with the process. */
async function listenForOperators(app: NestFastifyApplication, config: Config): Promise<void> {
  const fastify = Fastify();
  app.get(OperationsService).serve(fastify, true);
  await fastify.listen({ port: config.set.opsPort, host: config.set.listenHost });
  fastify.server.unref();
}

/** What a newcomer needs next: the URL to paste and somebody to sign in as. */
async function welcome(app: NestFastifyApplication, config: Config, milliseconds: number): Promise<string> {
  const lines = [``, `Flowstate is ready at ${config.origin()} (${(milliseconds / 1000).toFixed(1)} s).`];
  if (await app.get(DemoSeed).isDemo()) {
    lines.push(
      `  Connector URL to paste into an MCP client:  ${config.origin('acme')}/api/mcp`,
      `  or, where *.localhost does not resolve:     ${config.origin()}/api/mcp`,
      `  Sign in as owner@acme.example, admin@, finance@, manager@, member@ or viewer@acme.example,`,
      `  or admin@globex.example; the password is ${DEMO_PASSWORD}`,
      `  Settings in the browser:                    ${config.origin('acme')}/settings/api-keys`,
    );
  }
  return [...lines, ''].join('\n');
}

/** What usually goes wrong at a start, as sentences that say what to do. */
const KNOWN: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is taken by another program: stop that, or set PORT.',
  ECONNREFUSED: 'No database answers at DATABASE_URL: start it, or correct the address.',
  ENOTFOUND: 'The host of DATABASE_URL is not known: correct the address.',
  '3D000': 'The database of DATABASE_URL does not exist: create it first.',
  '28P01': 'The database refuses the password of DATABASE_URL, or of a login made under another APP_SECRET.',
};

main().catch((error: unknown) => {
  const known = KNOWN[(error as { code?: string }).code ?? ''];
  console.error(known ?? (error instanceof Error ? `${error.name}: ${error.message}` : error));
  process.exit(1);
});
