import type { Facts } from '../fuzz/facts';
import type { Schema } from '../fuzz/schema-values';
import { LEGACY, MODERN } from '../fuzz/rpc-messages';
import { fresh } from './fresh';
import { HOST_HEADER, jsonTarget, POINT, Target } from './target';

const MCP = '/api/mcp';

/** Everything that JSON-RPC takes, from the product's own lists: a new tool, resource or prompt is covered by being there. */
export function rpcTargets(facts: Facts, bearer: string): Target[] {
  const headers = { Authorization: `Bearer ${bearer}`, Accept: 'application/json', 'MCP-Protocol-Version': LEGACY[1] };
  const call = (name: string, method: string, params: object): Target =>
    jsonTarget(name, MCP, { jsonrpc: '2.0', id: 1, method, params }, headers);
  const tools = facts.tools.flatMap(({ name, inputSchema }) =>
    argumentSets(inputSchema, facts).map(([argument, args]) => call(`tool ${name}: ${argument}`, 'tools/call', { name, arguments: args })),
  );
  const resources = facts.resources.map((uri) => call(`resource ${uri}`, 'resources/read', { uri: `${resolved(uri, facts)}${POINT}` }));
  const prompts = facts.prompts.map((name) =>
    call(`prompt ${name}`, 'prompts/get', { name: `${name}${POINT}`, arguments: { about: `x${POINT}` } }),
  );
  return [...tools, ...resources, ...prompts, ...envelopes(facts, headers), ...headerTargets(facts, bearer)];
}

/** Each argument in a call of its own, which is sound but for it: a cursor, say, fits only the arguments it was made with. */
function argumentSets(schema: Schema, facts: Facts): [string, object][] {
  const properties = Object.entries(schema.properties ?? {});
  const needed = Object.fromEntries(
    properties.filter(([name]) => schema.required?.includes(name)).map(([name, one]) => [name, soundValue(name, one, facts)[0]]),
  );
  if (properties.length === 0) return [['an argument too many', { any: `x${POINT}` }]];
  return properties.flatMap(([name, one]) =>
    soundValue(name, one, facts).map((value): [string, object] => [name, { ...needed, [name]: `${String(value)}${POINT}` }]),
  );
}

/** Values that are let in, as texts: a payload cannot be part of a JSON number or boolean, so those can only be refused. */
function soundValue(name: string, schema: Schema, { ownIds, cursors }: Facts): (string | number | boolean)[] {
  if (schema.enum) return [String(schema.enum[0])];
  if (schema.type === 'integer' || schema.type === 'number') return [schema.minimum ?? 1];
  if (schema.type === 'boolean') return [true];
  if (schema.format === 'date') return ['2026-01-15'];
  if (/cursor/i.test(name)) return cursors.slice(0, 1);
  if (/currency/i.test(name)) return ['EUR'];
  if (!/id$/i.test(name)) return ['an'];
  const prefix = { managerid: 'emp', employeeid: 'emp', geographyid: 'geo', jobroleid: 'role' }[name.toLowerCase()] ?? name.slice(0, -2);
  const id = ownIds.find((one) => one.startsWith(`${prefix}_`)) ?? `${prefix}_1`;
  // An external id is free text that reaches the database as it is.
  return prefix === 'emp' ? [id, 'ext:HR-0001', ownIds.find((one) => one.includes('@')) ?? 'a@b.example'] : [id, 'ext:1'];
}

function resolved(uri: string, { ownIds }: Facts): string {
  return uri.replace(/\{\w+\}/g, ownIds.find((one) => one.startsWith('emp_')) ?? 'emp_1');
}

/** What is around the arguments: method, id, names, _meta, in both eras. */
function envelopes({ tools: [tool] }: Facts, headers: Readonly<Record<string, string>>): Target[] {
  const name = tool?.name ?? '';
  const meta = {
    'io.modelcontextprotocol/protocolVersion': `${MODERN}${POINT}`,
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: `x${POINT}`, version: `1${POINT}` },
  };
  const params = { name, arguments: {}, _meta: { progressToken: `p${POINT}` } };
  const handshake = { protocolVersion: `${LEGACY[1]}${POINT}`, capabilities: {}, clientInfo: { name: `x${POINT}`, version: `1${POINT}` } };
  return [
    jsonTarget('envelope', MCP, { jsonrpc: `2.0${POINT}`, id: `1${POINT}`, method: `tools/call${POINT}`, params }, headers),
    jsonTarget(
      'tool name',
      MCP,
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: `${name}${POINT}`, arguments: {} } },
      headers,
    ),
    jsonTarget('initialize', MCP, { jsonrpc: '2.0', id: 1, method: 'initialize', params: handshake }, headers),
    jsonTarget(
      '2026 _meta',
      MCP,
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {}, _meta: meta } },
      { ...headers, 'MCP-Protocol-Version': MODERN, 'Mcp-Method': 'tools/call', 'Mcp-Name': name },
    ),
    jsonTarget(
      '2026 headers',
      MCP,
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'prompts/list',
        params: { _meta: { ...meta, 'io.modelcontextprotocol/protocolVersion': MODERN, 'io.modelcontextprotocol/clientInfo': undefined } },
      },
      { ...headers, 'MCP-Protocol-Version': `${MODERN}${POINT}`, 'Mcp-Method': `prompts/list${POINT}`, 'Mcp-Name': `x${POINT}` },
    ),
  ];
}

/** Headers that something of the product reads; all are noted in the audit trail or looked up. */
function headerTargets({ host }: Facts, bearer: string): Target[] {
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const usual = { Authorization: `Bearer ${bearer}`, Accept: 'application/json', 'MCP-Protocol-Version': LEGACY[1] };
  const noted = {
    'User-Agent': `x${POINT}`,
    'X-Forwarded-For': `10.1.2.3${POINT}`,
    'X-Request-Id': `x${POINT}`,
    Referer: `http://x/${POINT}`,
  };
  return [
    jsonTarget('header Authorization', MCP, list, { ...usual, Authorization: `Bearer ${bearer}${POINT}` }),
    jsonTarget('headers of the audit trail', MCP, list, { ...usual, ...noted }),
    jsonTarget('header Mcp-Session-Id', MCP, list, { ...usual, 'Mcp-Session-Id': `${fresh('session')}${POINT}` }),
    jsonTarget('header X-Tenant', MCP, list, { ...usual, 'X-Tenant': `acme${POINT}` }),
    jsonTarget('header Host', MCP, list, { ...usual, [HOST_HEADER]: `acme${POINT}.${host}` }),
    jsonTarget('headers Origin and Cookie', MCP, list, {
      ...usual,
      Origin: `http://acme.${host}${POINT}`,
      Cookie: `flowstate=${fresh('cookie')}${POINT}`,
    }),
    { name: 'end of a session', method: 'DELETE', path: MCP, headers: { ...usual, 'Mcp-Session-Id': `${fresh('session')}${POINT}` } },
  ];
}
