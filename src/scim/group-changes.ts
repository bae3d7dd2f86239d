import { isObject, type Operation } from './body';
import { readFilter } from './filter';
import { invalidValue, ScimError } from './scim-error';

/** What a request says of a Group; what it does not name stays. */
export interface GroupChanges {
  displayName?: string | null;
  externalId?: string | null;
  /** All of them. */
  members?: ReadonlySet<string>;
}

const MOST_MEMBERS = 50_000;
const SELECTABLE = new Set(['members.value', 'members.type']);

/** What operations say together of a Group with these members. Each takes as long as the members that it names, not as those that there are. */
export function groupChanges(operations: readonly Operation[], present: Iterable<string> = []): GroupChanges {
  const changes: GroupChanges = {};
  let members: Set<string> | undefined;
  let named = 0;
  for (const operation of operations) {
    const { op, path, value } = operation;
    if (path.name === 'displayname') changes.displayName = op === 'remove' ? null : textOf(value, 'displayName', 200);
    else if (path.name === 'externalid') changes.externalId = op === 'remove' ? null : textOf(value, 'externalId', 254);
    else if (path.name === 'members' || path.name === 'members.value') {
      const given = value === undefined || value === null ? undefined : idsOf(value);
      named += given?.length ?? 0;
      if (named > MOST_MEMBERS)
        throw new ScimError(400, `A request names at most ${MOST_MEMBERS} members. Send the others in another one.`, 'tooMany');
      members = changed(members ?? new Set(present), operation, given);
    }
  }
  return { ...changes, ...(members && { members }) };
}

/** Entra removes members by a list of values, Okta by a path with a filter; a remove without either means all. */
function changed(members: Set<string>, { op, path: { filter } }: Operation, given: readonly string[] | undefined): Set<string> {
  if (filter === undefined) {
    if (op === 'add') return withAll(members, given ?? []);
    return op === 'replace' || given === undefined ? new Set(given) : without(members, given);
  }
  const wanted = selected(filter);
  if (op === 'add') return withAll(members, wanted.id === undefined ? (given ?? []) : [wanted.id]);
  const matching = wanted.id === undefined ? members : [wanted.id].filter((id) => members.has(id));
  const matched = wanted.none ? [] : [...matching];
  if (op === 'replace' && matched.length === 0)
    throw new ScimError(400, 'No member matches the filter. Add the member instead.', 'noTarget');
  const others = without(members, matched);
  return op === 'replace' ? withAll(others, given ?? []) : others;
}

/** The one member whom a filter names, or none where it asks for another kind or for two at once. */
function selected(filter: string): { id?: string; none: boolean } {
  const comparisons = readFilter(filter, SELECTABLE, 'members');
  const ids = new Set(comparisons.filter(({ name }) => name === 'members.value').map(({ value }) => value));
  const none = ids.size > 1 || comparisons.some(({ name, value }) => name === 'members.type' && value.toLowerCase() !== 'user');
  const [id] = ids;
  return { none, ...(id !== undefined && { id }) };
}

function withAll(members: Set<string>, ids: readonly string[]): Set<string> {
  for (const id of ids) members.add(id);
  return members;
}

function without(members: Set<string>, ids: readonly string[]): Set<string> {
  for (const id of ids) members.delete(id);
  return members;
}

function idsOf(value: unknown): string[] {
  const entries: unknown[] = Array.isArray(value) ? value : [value];
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
