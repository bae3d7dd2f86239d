import { Agent, get, IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { startApp } from '../support/app';

/** Far below the 75 seconds that a silent connection is kept. */
const SOON_MS = 20_000;

describe('a stop', () => {
  it('waits for the answer that is under way, and not for the client to go away', async () => {
    let arrived = (): void => undefined;
    let answer = (): void => undefined;
    const underWay = new Promise<void>((resolve) => (arrived = resolve));
    const app = await startApp({}, undefined, async ({ getHttpAdapter }) => {
      getHttpAdapter().get('/slow', async (_request: unknown, reply: { send(text: string): unknown }) => {
        arrived();
        await new Promise<void>((resolve) => (answer = resolve));
        return reply.send('answered');
      });
    });
    const agent = new Agent({ keepAlive: true });
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      get(`${app.origin()}/slow`, { agent }, resolve).once('error', reject);
    });
    await underWay;
    const stopped = app.close().then(() => 'stopped');
    await pause(300);
    answer();
    const { statusCode, headers } = await response.then((message) => message.resume());
    expect([statusCode, headers.connection]).toEqual([200, 'close']);
    expect(await Promise.race([stopped, pause(SOON_MS, 'still there', { ref: false })])).toBe('stopped');
    agent.destroy();
  });
});
