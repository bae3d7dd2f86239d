import { attributePath } from './attribute';
import { invalidValue, ScimError } from './scim-error';
import { isObject, type Operation } from './user-changes';

/** What a request says of a Group; what it does not name stays. */
export interface GroupChanges {
  displayName?: string | null;
  externalId?: string | null;
  members?: {
    /** All of them; undefined where only some come or go. */
    readonly set?: readonly string[];
    readonly add: readonly string[];
    readonly remove: readonly string[];
  };
}

const MOST_MEMBERS = 50_000;

/** What a whole Group says (POST, PUT). */
export function groupChanges(body: Readonly<Record<string, unknown>>): GroupChanges {
  const changes: GroupChanges = {};
  for (const [name, value] of Object.entries(body)) assign(changes, 'replace', name, value);
  return changes;
}

/** What the operations of a PATCH say together. */
export function patchedGroup(operations: readonly Operation[]): GroupChanges {
  const changes: GroupChanges = {};
  for (const { op, path, value } of operations) {
    if (path !== undefined) assign(changes, op, path, value);
    else if (op === 'remove') throw new ScimError(400, 'A remove needs a path.', 'noTarget');
    else if (!isObject(value)) throw invalidValue('An operation without a path needs an object as its value.');
    else for (const [name, inner] of Object.entries(value)) assign(changes, op, name, inner);
  }
  return changes;
}

function assign(changes: GroupChanges, op: Operation['op'], path: string, value: unknown): void {
  const { name, filter } = attributePath(path);
  if (name === 'displayname') changes.displayName = op === 'remove' ? null : textOf(value, 'displayName', 200);
  else if (name === 'externalid') changes.externalId = op === 'remove' ? null : textOf(value, 'externalId', 254);
  else if (name === 'members') changes.members = members(changes.members, op, filter ? [filter.value] : value);
}

/** Entra removes members by a list of values, Okta by a path with a filter; a remove without either means all. */
function members(before: GroupChanges['members'], op: Operation['op'], value: unknown): GroupChanges['members'] {
  const { set, add, remove } = before ?? { add: [], remove: [] };
  const ids = value === undefined || value === null ? undefined : idsOf(value);
  if (op === 'replace' || (op === 'remove' && ids === undefined)) return { set: op === 'remove' ? [] : (ids ?? []), add: [], remove: [] };
  const given = new Set(ids ?? []);
  const kept = { ...(set && { set }) };
  if (op === 'add') return { ...kept, add: [...new Set([...add, ...given])], remove: remove.filter((id) => !given.has(id)) };
  return { ...kept, add: add.filter((id) => !given.has(id)), remove: [...new Set([...remove, ...given])] };
}

function idsOf(value: unknown): string[] {
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  if (entries.length > MOST_MEMBERS) throw new ScimError(400, `A Group has at most ${MOST_MEMBERS} members.`, 'tooMany');
  return entries.map((entry) => {
    const id = isObject(entry) ? entry['value'] : entry;
    if (typeof id !== 'string' || id === '') throw invalidValue('A member needs the id of a User as its value.');
    return id;
  });
}

function textOf(value: unknown, name: string, longest: number): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string' || value.includes('\u0000')) throw invalidValue(`${name} is no text.`);
  const text = value.trim();
  if (text.length > longest) throw invalidValue(`${name} is longer than ${longest} characters.`);
  return text === '' ? null : text;
}
