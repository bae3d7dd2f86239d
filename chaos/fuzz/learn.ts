import { postJson } from '../../test/support/oauth-flow';
import type { Product } from '../../test/support/product';
import type { Facts } from './facts';
import type { Canaries } from './oracles';
import { ask } from './survivor';

/** Ids of rows, and e-mail addresses, wherever they stand in an answer. Bounded: answers repeat texts of any length. */
export const NAMES =
  /\b(?:org|emp|team|geo|role|wt|cc|vs|alc|usr|tnt)_[a-z0-9]{12}\b|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/g;
const PAGES = 3;

/** What the product says of itself, and what each of two tenants sees that the other must not. */
export async function learnFacts(product: Product, own: string, foreign: string): Promise<{ facts: Facts; canaries: Canaries }> {
  const [acme, globex] = [product.origin('acme'), product.origin('globex')];
  const { tools } = await ask<{ tools: Facts['tools'] }>(acme, own, 'tools/list');
  const { prompts } = await ask<{ prompts: { name: string }[] }>(acme, own, 'prompts/list');
  const { resources } = await ask<{ resources: { uri: string }[] }>(acme, own, 'resources/list');
  const { resourceTemplates } = await ask<{ resourceTemplates: { uriTemplate: string }[] }>(acme, own, 'resources/templates/list');
  const [ours, theirs] = [await seenBy(acme, own), await seenBy(globex, foreign)];
  const facts: Facts = {
    host: `localhost:${product.port}`,
    tools,
    prompts: prompts.map(({ name }) => name),
    resources: [...resources.map(({ uri }) => uri), ...resourceTemplates.map(({ uriTemplate }) => uriTemplate)],
    ownIds: ours.names,
    foreignIds: theirs.names,
    cursors: ours.cursors,
  };
  return { facts, canaries: { own: new Set(ours.names), foreign: new Set(theirs.names) } };
}

/** Sorted, so that the same seed picks the same ones in every run. */
async function seenBy(origin: string, token: string): Promise<{ names: string[]; cursors: string[] }> {
  const call = async (name: string, args: object): Promise<string> =>
    JSON.stringify(await ask(origin, token, 'tools/call', { name, arguments: args }));
  const names = new Set((await call('get_organization_context', {})).match(NAMES));
  const cursors: string[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const text = await call('search_employees', { limit: 100, status: 'all', ...(cursors.length > 0 && { cursor: cursors.at(-1) }) });
    for (const name of text.match(NAMES) ?? []) names.add(name);
    const next = /"nextCursor":"([^"]+)"/.exec(text)?.[1];
    if (next === undefined) break;
    cursors.push(next);
  }
  return { names: [...names].sort(), cursors };
}

/** A 2025-era session of the connection. */
export async function openSession(origin: string, token: string, protocolVersion: string): Promise<string> {
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'fz', version: '1' } };
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json, text/event-stream' };
  const response = await postJson(`${origin}/api/mcp`, { jsonrpc: '2.0', id: 1, method: 'initialize', params }, headers);
  const session = response.headers.get('mcp-session-id');
  if (session === null) throw new Error(`initialize opened no session but was answered with ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
  return session;
}

export async function endSession(origin: string, token: string, session: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'mcp-session-id': session };
  await (await fetch(`${origin}/api/mcp`, { method: 'DELETE', headers })).arrayBuffer();
}
