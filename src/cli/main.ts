import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { callersFolder, Config, environment } from '../config';
import type { Caller } from './caller';
import { CliModule } from './cli.module';
import { UsageError } from './command';
import { overview, usage } from './help';
import { LocalCaller } from './local-caller';
import { sendToServer } from './operator-client';
import { OperatorRequest, OperatorService } from './operator.service';
import { socketPath } from './operator-socket';
import { commandOf, fileNames, parse } from './parse';
import { readPassword } from './password';

const say = (line: string): void => console.log(line);

async function run(argv: string[]): Promise<void> {
  if (['help', '--help', '-h'].includes(argv[0] ?? 'help')) return say(helpOn(argv.slice(1)));
  if (argv.includes('--help')) return say(helpOn(argv));
  const password = await readPassword(parse(argv).password);
  const request = { argv, ...(password !== undefined && { password }) };
  const config = environment();
  const caller = new LocalCaller(say, fileNames(argv), callersFolder());
  try {
    const sent = !config.set.databaseUrl && (await sendToServer(socketPath(config), request, caller));
    if (!sent) await runHere(config, request, caller);
    process.exitCode = caller.exitCode;
  } finally {
    await caller.close();
  }
}

async function runHere(config: Config, request: OperatorRequest, caller: Caller): Promise<void> {
  assertDatabase(config, request.argv);
  const app = await NestFactory.createApplicationContext(CliModule.with(config), { logger: false, abortOnError: false });
  try {
    await app.get(OperatorService).execute(request, caller);
  } finally {
    await app.close();
  }
}

/** A typo in DATA_DIR must not make a second, empty installation; only the demo may begin one. */
function assertDatabase({ set }: Config, argv: readonly string[]): void {
  if (set.databaseUrl || existsSync(join(set.dataDir, 'pglite')) || argv[0] === 'demo') return;
  throw new Error(`There is no database in ${resolve(set.dataDir)}. Set DATA_DIR (or DATABASE_URL) to that of the server.`);
}

/** How the command is used that the words begin with; otherwise all of them. */
function helpOn(words: string[]): string {
  const command = commandOf(words);
  return command ? usage(command) : overview();
}

run(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${error.command ? usage(error.command) : overview()}`);
    process.exitCode = 2;
    return;
  }
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
