import { attributePath, type AttributePath } from './attribute';
import { invalidValue, ScimError } from './scim-error';

/** Where in a User things are that are kept here; everything else that a directory sends is passed over. */
const SLOTS = {
  username: 'text',
  externalid: 'text',
  'name.givenname': 'text',
  'name.familyname': 'text',
  'name.formatted': 'text',
  displayname: 'text',
  active: 'boolean',
  title: 'text',
  usertype: 'text',
  'emails.value': 'text',
  'addresses.locality': 'text',
  'addresses.country': 'text',
  employeenumber: 'text',
  costcenter: 'text',
  department: 'text',
  'manager.value': 'text',
  startdate: 'date',
  enddate: 'date',
  fte: 'number',
} as const;

export type Slot = keyof typeof SLOTS;

/** What a request says, by slot; null takes the value away, an absent slot says nothing. */
export type UserChanges = Partial<Record<Slot, string | null>>;

/** Lists of which one entry counts, and those of its members that do. */
const LISTS: Readonly<Record<string, readonly string[]>> = { emails: ['value'], addresses: ['locality', 'country'] };

/** The kinds of entries that are kept; directories send private addresses, too. */
const KEPT = new Set(['work', 'other']);

/** What a whole User says (POST, PUT). */
export function userChanges(body: Readonly<Record<string, unknown>>): UserChanges {
  const changes: UserChanges = {};
  assignAll(changes, body);
  return changes;
}

/** What the operations of a PATCH say together (RFC 7644 §3.5.2). Entra writes "Replace"; a value may be a set of paths. */
export function patchedUser(operations: readonly Operation[]): UserChanges {
  const changes: UserChanges = {};
  for (const { op, path, value } of operations) {
    if (op === 'remove') {
      if (path === undefined) throw new ScimError(400, 'A remove needs a path.', 'noTarget');
      assign(changes, attributePath(path), null);
    } else if (path === undefined || isSchema(path)) {
      if (!isObject(value)) throw invalidValue('An operation without a path needs an object as its value.');
      assignAll(changes, value);
    } else assign(changes, attributePath(path), value);
  }
  return changes;
}

export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path?: string;
  readonly value?: unknown;
}

const isSchema = (name: string): boolean => /^urn:[\w.:-]+:2\.0:User$/i.test(name);

function assignAll(changes: UserChanges, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (isSchema(name)) {
      if (isObject(value)) assignAll(changes, value);
    } else if (name !== 'schemas') assign(changes, attributePath(name), value);
  }
}

function assign(changes: UserChanges, { name, filter }: AttributePath, value: unknown): void {
  const [head = '', sub] = name.split('.');
  if (filter?.name === 'type' && !KEPT.has(filter.value.toLowerCase())) return;
  if (head in LISTS && sub === undefined) assignEntry(changes, head, value);
  else if (head === 'manager' && sub === undefined) assign(changes, { name: 'manager.value' }, isObject(value) ? value['value'] : value);
  else if (head === 'name' && sub === undefined && isObject(value)) {
    for (const [part, text] of Object.entries(value)) assign(changes, { name: `name.${part.toLowerCase()}` }, text);
  } else if (Object.hasOwn(SLOTS, name)) changes[name as Slot] = readers[SLOTS[name as Slot]](value, name);
}

/** Of several addresses the primary one counts, else the one at work, else the first. */
function assignEntry(changes: UserChanges, head: string, value: unknown): void {
  const entries = (Array.isArray(value) ? value : [value]).filter(isObject).map(lowerKeys);
  const entry =
    entries.find(({ primary }) => /^true$/i.test(String(primary))) ??
    entries.find(({ type }) => /^work$/i.test(String(type))) ??
    entries[0] ??
    (typeof value === 'string' ? { value } : {});
  for (const member of LISTS[head] ?? []) assign(changes, { name: `${head}.${member}` }, entry[member] ?? null);
}

function lowerKeys(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key.toLowerCase(), value]));
}

type Reader = (value: unknown, name: string) => string | null;

const readers: Record<(typeof SLOTS)[Slot], Reader> = {
  text: (value, name) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'string' && typeof value !== 'number') throw invalidValue(`${name} is no text.`);
    const text = String(value).replace(/\s+/g, ' ').trim();
    if (text.includes('\u0000')) throw invalidValue(`${name} has a NUL character.`);
    return text === '' ? null : text;
  },
  // Entra sends booleans as texts unless it is told otherwise.
  boolean: (value, name) => {
    const text = scalar(value).toLowerCase();
    if (text !== 'true' && text !== 'false') throw invalidValue(`${name} is neither true nor false.`);
    return text;
  },
  date: (value, name) => {
    if (value === null || value === undefined || value === '') return null;
    const day = /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/.exec(scalar(value))?.[1];
    if (day === undefined || Number.isNaN(Date.parse(day))) throw invalidValue(`${name} is no day like 2026-01-31.`);
    return day;
  },
  number: (value, name) => {
    if (value === null || value === undefined || value === '') return null;
    if (!/^\d(\.\d{1,3})?$/.test(scalar(value)) || Number(value) <= 0 || Number(value) > 2)
      throw invalidValue(`${name} is not between 0 and 2.`);
    return scalar(value);
  },
};

/** The digits or letters of a simple value. */
function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
