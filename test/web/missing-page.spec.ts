import { startApp, TestApp } from '../support/app';
import { createTenant } from '../support/people';

describe('an address that does not exist', () => {
  let app: TestApp;
  let origin: string;
  beforeAll(async () => {
    app = await startApp();
    origin = app.origin((await createTenant(app.db)).slug);
  });
  afterAll(() => app.close());

  const get = (path: string, accept: string): Promise<Response> => fetch(`${origin}${path}`, { headers: { accept } });

  it('is a page for a person', async () => {
    const response = await get('/nothing', 'text/html');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/text\/html/);
    expect(await response.text()).toContain('<h1>Not found</h1>');
  });

  it.each([
    ['a program', '/nothing', 'application/json'],
    ['everybody on the MCP surface', '/api/mcp/nothing', 'text/html'],
  ])('is JSON for %s', async (_, path, accept) => {
    const response = await get(path, accept);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/application\/json/);
  });
});
