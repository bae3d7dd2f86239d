import { Dice } from './dice';
import type { Facts } from './facts';
import { argumentsFor } from './schema-values';
import { jsonText, oddJson, oddText } from './values';

/** A JSON-RPC message as raw JSON, with what the 2026 headers have to repeat of it. */
export interface Message {
  readonly json: string;
  readonly method: string;
  /** Tool, prompt or URI. */
  readonly target?: string;
  /** Where it is a plain one, which an answer repeats unchanged. */
  readonly id?: string | number;
}

export const MODERN = '2026-07-28';
export const LEGACY = ['2025-11-25', '2025-06-18', '2025-03-26'] as const;

const TARGETED: readonly string[] = ['tools/call', 'prompts/get', 'resources/read'];
const METHODS: readonly string[] = [
  ...['initialize', 'ping', 'tools/list', 'prompts/list', 'resources/list', 'resources/templates/list', 'server/discover'],
  ...['resources/subscribe', 'resources/unsubscribe', 'logging/setLevel', 'completion/complete', 'sampling/createMessage', 'roots/list'],
  ...['elicitation/create', 'tasks/get', 'tasks/list', 'tasks/cancel', 'skills/list', 'subscriptions/listen', 'rpc.discover'],
  ...[
    'notifications/initialized',
    'notifications/cancelled',
    'notifications/progress',
    'notifications/roots/list_changed',
    'notifications/fz',
  ],
  ...['Tools/List', 'tools/call ', 'toString', '__proto__', '', 'tools', 'tools/delete', 'system.listMethods'],
];

export function message(dice: Dice, facts: Facts, modern: boolean): Message {
  const method = dice.way([
    [12, () => 'tools/call'],
    [2, () => 'resources/read'],
    [2, () => 'prompts/get'],
    [6, () => dice.pick(METHODS)],
    [0.5, () => oddText(dice)],
  ]);
  const target = TARGETED.includes(method) ? targetOf(dice, facts, method) : undefined;
  const [rawId, id] = identity(dice, method);
  const params = paramsOf(dice, facts, modern, method, target);
  const members = [
    ...(dice.chance(0.995) ? [`"jsonrpc":${dice.chance(0.99) ? '"2.0"' : oddJson(dice, 2)}`] : []),
    ...(rawId === undefined ? [] : [`"id":${rawId}`]),
    ...(dice.chance(0.99) ? [`"method":${jsonText(dice, method)}`] : []),
    ...(params === undefined ? [] : [`"params":${params}`]),
    ...(dice.chance(0.03) ? [`${jsonText(dice, oddText(dice))}:${oddJson(dice, 1)}`] : []),
  ];
  if (dice.chance(0.02)) members.push(dice.pick(members));
  return { json: `{${members.join(',')}}`, method, target, id };
}

/** Raw and, where it is a plain one, parsed. Notifications have none. */
function identity(dice: Dice, method: string): [raw: string | undefined, plain?: string | number] {
  if (method.startsWith('notifications/') && dice.chance(0.8)) return [undefined];
  return dice.way<[string | undefined, (string | number)?]>([
    [40, () => plain(dice.below(1_000_000))],
    [20, () => plain(`call-${dice.below(1_000)}`)],
    [5, () => plain(dice.pick([0, -1, '', '0', '9007199254740991', 'null', ' ']))],
    [3, () => [undefined]],
    [2, () => ['null']],
    [4, () => [oddJson(dice, 2)]],
  ]);
}

const plain = (id: string | number): [string, string | number] => [JSON.stringify(id), id];

function targetOf(dice: Dice, facts: Facts, method: string): string {
  if (dice.chance(0.06)) return oddText(dice);
  if (method === 'tools/call') return dice.pick(facts.tools).name;
  if (method === 'prompts/get') return dice.pick([...facts.prompts, 'org_review']);
  return dice.pick(facts.resources).replace(/\{\w+\}/g, () => (dice.chance(0.6) ? dice.pick(facts.ownIds) : encoded(dice, oddText(dice))));
}

function encoded(dice: Dice, text: string): string {
  return dice.chance(0.5) ? encodeURIComponent(text.toWellFormed()) : text;
}

function paramsOf(dice: Dice, facts: Facts, modern: boolean, method: string, target?: string): string | undefined {
  if (dice.chance(0.03)) return dice.chance(0.3) ? undefined : oddJson(dice, 1);
  const members: string[] = [];
  if (target !== undefined && dice.chance(0.98))
    members.push(`"${method === 'resources/read' ? 'uri' : 'name'}":${jsonText(dice, target)}`);
  if (method === 'tools/call' && dice.chance(0.95)) members.push(`"arguments":${toolArguments(dice, facts, target)}`);
  if (method === 'prompts/get' && dice.chance(0.3)) members.push(`"arguments":${oddJson(dice, 1)}`);
  if (method === 'initialize') members.push(...handshake(dice));
  if (method === 'subscriptions/listen')
    members.push(`"notifications":${dice.chance(0.7) ? '{"toolsListChanged":true}' : oddJson(dice, 1)}`);
  if (dice.chance(0.1)) members.push(`"cursor":${dice.chance(0.5) ? '""' : oddJson(dice, 2)}`);
  if (dice.chance(0.02)) members.push(`"inputResponses":${oddJson(dice, 1)}`, `"requestState":${oddJson(dice, 2)}`);
  const meta = modern ? modernMeta(dice) : dice.chance(0.15) ? `{"progressToken":${oddJson(dice, 2)}}` : undefined;
  if (meta !== undefined) members.push(`"_meta":${meta}`);
  return `{${members.join(',')}}`;
}

function toolArguments(dice: Dice, facts: Facts, target?: string): string {
  if (dice.chance(0.03)) return oddJson(dice, 1);
  const tool = facts.tools.find(({ name }) => name === target) ?? dice.pick(facts.tools);
  return argumentsFor(dice, tool.inputSchema, facts);
}

function handshake(dice: Dice): string[] {
  const version = dice.chance(0.85) ? JSON.stringify(dice.pick([...LEGACY, MODERN, '2024-11-05', '1999-01-01'])) : oddJson(dice, 2);
  const capabilities = dice.chance(0.85) ? '{}' : oddJson(dice, 1);
  const info = dice.chance(0.85) ? '{"name":"fz","version":"1"}' : oddJson(dice, 1);
  return [`"protocolVersion":${version}`, `"capabilities":${capabilities}`, `"clientInfo":${info}`];
}

function modernMeta(dice: Dice): string | undefined {
  if (dice.chance(0.03)) return dice.chance(0.5) ? undefined : oddJson(dice, 1);
  const key = 'io.modelcontextprotocol';
  const members: string[] = [];
  if (dice.chance(0.98)) members.push(`"${key}/protocolVersion":${dice.chance(0.96) ? `"${MODERN}"` : oddJson(dice, 2)}`);
  if (dice.chance(0.98)) members.push(`"${key}/clientCapabilities":${dice.chance(0.9) ? '{}' : oddJson(dice, 1)}`);
  if (dice.chance(0.7)) members.push(`"${key}/clientInfo":${dice.chance(0.9) ? '{"name":"fz","version":"1"}' : oddJson(dice, 1)}`);
  if (dice.chance(0.1)) members.push(`"${key}/logLevel":${dice.chance(0.7) ? '"debug"' : oddJson(dice, 2)}`);
  if (dice.chance(0.1)) members.push(`"progressToken":${dice.chance(0.6) ? '7' : oddJson(dice, 2)}`);
  if (dice.chance(0.05)) members.push(`"traceparent":${oddJson(dice, 2)}`);
  return `{${members.join(',')}}`;
}
