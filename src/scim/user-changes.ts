import type { AttributePath } from './attribute';
import { isObject, type Operation } from './body';
import { readFilter } from './filter';
import { invalidValue, ScimError } from './scim-error';
import type { UserRow } from './user.sql';

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

/** Lists of which one entry is kept, and the columns that its members are in. */
const LISTS: Readonly<Record<string, Readonly<Record<string, 'email' | 'place' | 'country'>>>> = {
  emails: { value: 'email' },
  addresses: { locality: 'place', country: 'country' },
};

/** What operations say together of a User, who is `present` or new. */
export function userChanges(operations: readonly Operation[], present?: UserRow): UserChanges {
  const changes: UserChanges = {};
  for (const operation of operations) {
    const [head = '', sub] = operation.path.name.split('.');
    if (Object.hasOwn(LISTS, head)) assignEntry(changes, present, head, sub, operation);
    else assign(changes, operation.path, operation.op === 'remove' ? null : operation.value);
  }
  return changes;
}

function assign(changes: UserChanges, path: AttributePath, value: unknown): void {
  const { name, filter } = path;
  if (name === 'manager') assign(changes, { ...path, name: 'manager.value' }, isObject(value) ? value['value'] : value);
  else if (name === 'name' && isObject(value)) {
    for (const [part, text] of Object.entries(value)) assign(changes, { ...path, name: `name.${part.toLowerCase()}` }, text);
  } else if (Object.hasOwn(SLOTS, name)) {
    if (filter !== undefined) throw new ScimError(400, `${name} has one value, which no filter selects.`, 'invalidPath');
    set(changes, name as Slot, value);
  }
}

function set(changes: UserChanges, slot: Slot, value: unknown): void {
  changes[slot] = readers[SLOTS[slot]](value, slot);
}

type Entry = Readonly<Record<string, unknown>>;

/**
 * Changes a list as the standard has it (RFC 7644 §3.5.2), as if it had the one entry that is kept, and keeps one again. Entries that are
 * not kept are passed over: they take the kept one away no more than attributes that are not kept do.
 */
function assignEntry(
  changes: UserChanges,
  present: UserRow | undefined,
  head: string,
  sub: string | undefined,
  { op, path: { filter }, value }: Operation,
): void {
  const members = Object.keys(LISTS[head] as object);
  if (sub !== undefined && !members.includes(sub)) return;
  const keep = (entry: Entry): void => members.forEach((member) => set(changes, `${head}.${member}` as Slot, entry[member]));
  const kept = keptEntry(changes, present, head);
  const wanted = filter === undefined ? [] : selected(head, filter);
  const given = sub === undefined ? entriesOf(value) : [{ [sub]: value }];

  if (op === 'remove') {
    const listed = sub === undefined && filter === undefined && given.length > 0;
    if (kept && (listed ? given.some((entry) => isLike(kept, entry)) : wanted.every((entry) => isLike(kept, entry))))
      keep(sub === undefined ? {} : { ...kept, [sub]: null });
    return;
  }
  const target = kept && (filter !== undefined || sub !== undefined) && wanted.every((entry) => isLike(kept, entry)) ? kept : undefined;
  if (op === 'replace' && filter !== undefined && target === undefined)
    throw new ScimError(400, `No value of ${head} matches the filter. Add one instead.`, 'noTarget');
  if (op === 'replace' && given.length === 0) return keep({});
  const entries =
    op === 'replace' && sub === undefined
      ? given
      : given.map((entry) => Object.assign({}, ...(target ? [target] : wanted), entry) as Entry);
  const chosen = theOne(op === 'add' && kept && target === undefined ? [...entries, kept] : entries);
  if (chosen && chosen !== kept) keep(chosen);
}

/** The entry as a User shows it, and as earlier operations have left it. */
function keptEntry(changes: UserChanges, present: UserRow | undefined, head: string): Entry | undefined {
  const members = Object.entries(LISTS[head] as object).map(([member, column]: [string, 'email' | 'place' | 'country']) => {
    const change = changes[`${head}.${member}` as Slot];
    return [member, change === undefined ? (present?.[column] ?? null) : change] as const;
  });
  return members.every(([, value]) => value === null) ? undefined : { ...Object.fromEntries(members), type: 'work', primary: true };
}

/** What a filter asks of an entry, one by one. */
function selected(head: string, filter: string): Entry[] {
  const known = [...Object.keys(LISTS[head] as object), 'type', 'primary'].map((member) => `${head}.${member}`);
  return readFilter(filter, new Set(known), head).map(({ name, value }) => ({ [name.slice(head.length + 1)]: value }));
}

/** Whether an entry is as another wants it; neither texts nor flags have a case here. */
function isLike(entry: Entry, wanted: Entry): boolean {
  const same = (one: unknown, other: unknown): boolean => scalar(one).toLowerCase() === scalar(other).toLowerCase();
  return Object.entries(wanted).every(([member, value]) => !Object.hasOwn(entry, member) || same(entry[member], value));
}

/** Of several entries the primary one, else the one at work or of no kind; directories send private ones, too. */
function theOne(entries: readonly Entry[]): Entry | undefined {
  return (
    entries.find(({ primary }) => /^true$/i.test(scalar(primary))) ??
    entries.find(({ type }) => /^work$/i.test(scalar(type))) ??
    entries.find(({ type }) => scalar(type) === '')
  );
}

function entriesOf(value: unknown): Entry[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one): Entry[] => {
    if (isObject(one)) return [Object.fromEntries(Object.entries(one).map(([key, inner]) => [key.toLowerCase(), inner]))];
    return typeof one === 'string' ? [{ value: one }] : [];
  });
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
    if (day === undefined || !isDay(day)) throw invalidValue(`${name} is no day like 2026-01-31.`);
    return day;
  },
  number: (value, name) => {
    if (value === null || value === undefined || value === '') return null;
    if (!/^\d(\.\d{1,3})?$/.test(scalar(value)) || Number(value) <= 0 || Number(value) > 2)
      throw invalidValue(`${name} is not between 0 and 2.`);
    return scalar(value);
  },
};

/** Not 2021-02-29, which is read as the first of March. */
function isDay(day: string): boolean {
  const moment = Date.parse(day);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(day);
}

/** The digits or letters of a simple value. */
function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
