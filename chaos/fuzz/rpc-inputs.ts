import { Dice } from './dice';
import type { Facts } from './facts';
import { address, head, Header, headerText, Input, withLength } from './input';
import { LEGACY, Message, message, MODERN } from './rpc-messages';
import { bytes, secret } from './template';
import { oddText } from './values';

const MOUNTS = ['/api/mcp', '/mcp', '/api/mcp/protocol', '/api/mcp?', '/api/mcp?token=1', '/mcp/'] as const;

/** One JSON-RPC message, or a batch, of either era. */
export function rpcInput(dice: Dice, facts: Facts): Input {
  const modern = dice.chance(0.5);
  const batch = !modern && dice.chance(0.08);
  const messages = batch ? dice.several(0, 12, () => message(dice, facts, false)) : [message(dice, facts, modern)];
  const json = batch ? `[${messages.map((one) => one.json).join(',')}]` : (messages[0] as Message).json;
  const [first] = messages;
  const [caller, foreign] = credentials(dice);
  const headers: Header[] = [
    ['Host', hostFor(facts, caller, foreign)],
    [
      'Content-Type',
      dice.chance(0.97) ? 'application/json' : dice.pick(['application/json; charset=utf-16', 'text/plain', 'application/json;', '']),
    ],
    [
      'Accept',
      dice.chance(0.94)
        ? 'application/json, text/event-stream'
        : dice.pick(['*/*', 'application/json', 'text/html', '', 'text/event-stream']),
    ],
    ...caller,
    ...versionHeaders(dice, modern, batch),
    ...(modern ? mirrored(dice, first) : sessionHeader(dice, batch)),
    ['X-Forwarded-For', address(dice)],
  ];
  return {
    kind: batch ? 'rpc batch' : `rpc ${modern ? '2026' : '2025'} ${kindOf(first as Message)}`,
    head: head('POST', dice.pick(MOUNTS), withLength(headers)),
    body: bytes(json),
    owed: true,
    surface: true,
    form: 'protocol',
    ...(!batch && first?.id !== undefined && { id: first.id }),
    ...(foreign && { foreign }),
    ...(dice.chance(0.03) && { cuts: [dice.next(), dice.next()].sort() }),
  };
}

/** Anything but POST: streams, the end of a session, preflights, and methods that nobody serves. */
export function rpcMethodInput(dice: Dice, facts: Facts): Input {
  const method = dice.pick(['GET', 'GET', 'DELETE', 'OPTIONS', 'HEAD', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'TRACE']);
  const [caller, foreign] = credentials(dice);
  const headers: Header[] = [
    ['Host', hostFor(facts, caller, foreign)],
    ['Accept', dice.pick(['text/event-stream', '*/*', 'application/json', ''])],
    ...caller,
    ...versionHeaders(dice, dice.chance(0.2), false),
    ...(dice.chance(0.5) ? [['Mcp-Session-Id', secret('endingSession')] as const] : sessionHeader(dice, false).slice(1)),
    ...(dice.chance(0.2) ? [['Last-Event-ID', headerText(oddText(dice))] as const] : []),
    ...(dice.chance(0.2)
      ? [['Origin', dice.pick(['null', 'https://evil.example', 'http://localhost:5173', 'http://localhost:6274', 'x'])] as const]
      : []),
    ['X-Forwarded-For', address(dice)],
  ];
  const common = { owed: true, surface: true, form: 'protocol' as const, ...(foreign && { foreign }) };
  return { kind: `rpc ${method}`, head: head(method, dice.pick(MOUNTS), headers), body: '', ...common };
}

function kindOf({ method }: Message): string {
  return /^(?:tools|prompts|resources|notifications)\/[a-z/_]+$|^(?:initialize|ping|server\/discover|subscriptions\/listen)$/.test(method)
    ? method
    : 'other';
}

/** Mostly the survivor's token: what is asked with it must neither harm the connection nor show another tenant. */
function credentials(dice: Dice): [Header[], foreign: boolean] {
  const bearer = (token: string): Header[] => [['Authorization', `Bearer ${token}`]];
  return dice.way<[Header[], boolean]>([
    [72, () => [bearer(secret('bearer')), false]],
    [6, () => [bearer(secret('viewer')), false]],
    [5, () => [bearer(secret('narrow')), false]],
    [5, () => [bearer(secret('foreign')), true]],
    [4, () => [bearer(secret('bare')), false]],
    [2, () => [bearer(secret('revoked')), false]],
    [
      2,
      () => [
        bearer(dice.pick(['', 'x', 'e30.e30.', secret('bearer') + 'x', secret('bearer').repeat(2), headerText(oddText(dice))])),
        false,
      ],
    ],
    [1, () => [[...bearer(secret('bearer')), ...bearer(secret('viewer'))], false]],
    [1, () => [[['Authorization', dice.pick(['Basic eDp5', 'Bearer', 'bearer  x', 'DPoP x', ''])]], false]],
    [3, () => [[], false]],
  ]);
}

/** A token is used where it works; elsewhere it would only be refused. */
function hostFor({ host }: Facts, [caller]: readonly Header[], foreign: boolean): string {
  if (caller?.[1] === `Bearer ${secret('bare')}`) return host;
  return `${foreign ? 'globex' : 'acme'}.${host}`;
}

function versionHeaders(dice: Dice, modern: boolean, batch: boolean): Header[] {
  const right = modern ? MODERN : batch ? '2025-03-26' : dice.pick(LEGACY);
  return dice.way<Header[]>([
    [92, () => [['MCP-Protocol-Version', right]]],
    [4, () => []],
    [2, () => [['MCP-Protocol-Version', dice.pick([MODERN, ...LEGACY, '2024-11-05', '1999-01-01', headerText(oddText(dice))])]]],
    [
      1,
      () => [
        ['MCP-Protocol-Version', right],
        ['mcp-protocol-version', dice.pick([MODERN, ...LEGACY])],
      ],
    ],
  ]);
}

/** Mcp-Method and Mcp-Name: right, wrong, missing, encoded. */
function mirrored(dice: Dice, first: Message | undefined): Header[] {
  const encode = (text: string): string => `=?base64?${Buffer.from(text.toWellFormed(), 'utf8').toString('base64')}?=`;
  const as = (text: string): string => (/[^\x20-\x7e]/.test(text) || dice.chance(0.1) ? encode(text) : text);
  const headers: Header[] = [];
  if (dice.chance(0.96)) headers.push(['Mcp-Method', dice.chance(0.96) ? as(first?.method ?? '') : headerText(oddText(dice))]);
  if (first?.target !== undefined && dice.chance(0.96))
    headers.push(['Mcp-Name', dice.chance(0.94) ? as(first.target) : headerText(oddText(dice))]);
  if (dice.chance(0.03)) headers.push(['Mcp-Param-Limit', headerText(oddText(dice))]);
  return headers;
}

function sessionHeader(dice: Dice, batch: boolean): Header[] {
  const id = dice.way([
    [50, () => undefined],
    [40, () => secret(batch ? 'batchSession' : 'session')],
    [4, () => secret('endedSession')],
    [6, () => headerText(oddText(dice))],
  ]);
  return id === undefined ? [] : [['Mcp-Session-Id', id]];
}
