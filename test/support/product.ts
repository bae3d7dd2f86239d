import Redis from 'ioredis';
import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';
import { resolveLocalhostNames } from './localhost-names';
import { onDatabase, onServer, serverUrl, withDatabase } from './server';

/** The built product in a process of its own, started as its users start it. */
export interface Product {
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** Undefined where the embedded database is used. */
  readonly databaseUrl: string | undefined;
  origin(slug?: string): string;
  /** What it has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

resolveLocalhostNames();

const READY = /Flowstate is ready/;
const START_MS = 60_000;
const STOP_MS = 15_000;

/** @param environment variables over a fresh data folder (or database) and a free port, with demo data */
export async function startProduct(environment: Record<string, string> = {}): Promise<Product> {
  const port = Number(environment['PORT'] ?? (await freePort()));
  const dataDir = environment['DATA_DIR'] ?? mkdtempSync(join(tmpdir(), 'flowstate-product-'));
  const name = `flowstate_product_${process.pid}_${port}`;
  if (onServer) await onDatabase(serverUrl, (client) => client.query(`create database ${name}`));
  const databaseUrl = onServer ? withDatabase(serverUrl, name) : undefined;
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    PORT: String(port),
    DATA_DIR: dataDir,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...(environment['REDIS_URL'] === undefined && (await emptyRedis())),
    ...environment,
  };
  const child = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const stop = async (): Promise<void> => {
    await stopped(child);
    if (!('DATA_DIR' in environment)) rmSync(dataDir, { recursive: true, force: true });
    if (onServer) await onDatabase(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  await ready(child, () => output).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    port,
    pid: child.pid as number,
    dataDir,
    databaseUrl,
    origin: (slug) => `http://${slug === undefined ? '' : `${slug}.`}localhost:${port}`,
    output: () => output,
    stop,
  };
}

/** Each worker's products count in a database of their own: the demo's users are the same everywhere, and so are their limits. */
async function emptyRedis(): Promise<{ REDIS_URL?: string }> {
  const { REDIS_URL: shared, JEST_WORKER_ID: worker } = process.env;
  if (!shared || worker === undefined) return {};
  const url = new URL(worker, `${shared.replace(/\/\d*$/, '')}/`).href;
  const redis = new Redis(url);
  await redis.flushdb();
  redis.disconnect();
  return { REDIS_URL: url };
}

function ready(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`The product ${why}. It said:\n${output()}`));
    };
    const timer = setTimeout(() => fail(`was not ready after ${START_MS} ms`), START_MS);
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.stdout?.on('data', () => {
      if (!READY.test(output())) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve();
    });
  });
}

/** As a supervisor does it: asks, waits, and only then forces. */
async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(timer);
}
