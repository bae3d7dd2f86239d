import { EditRefused } from './edit-refused';
import { type EditableField, type FieldKind, fieldLabel } from './live-rows';

type Check = readonly [valid: (text: string) => boolean, otherwise: string];

const CHECKS: Readonly<Record<Exclude<FieldKind, object>, Check>> = {
  text: [(text) => text.length <= 200, 'is longer than 200 characters'],
  prose: [(text) => text.length <= 5000, 'is longer than 5,000 characters'],
  email: [(text) => /^[^\s@]+@[^\s@]+$/.test(text), 'is no e-mail address'],
  date: [isDay, 'is no day like 2026-01-31'],
  number: [(text) => /^\d{1,12}(\.\d{1,4})?$/.test(text), 'is no number like 1250.50'],
  whole: [(text) => /^\d{1,9}$/.test(text), 'is no whole number'],
  currency: [(text) => /^[A-Z]{3}$/.test(text), 'is no currency like EUR'],
};

/** What was typed into a field; null where it was left empty. @throws EditRefused */
export function readField(column: string, { kind, required }: EditableField, typed: string): string | null {
  const text = typed.replace(/\r\n/g, '\n').trim();
  const label = fieldLabel(column);
  if (text === '') {
    if (required) throw new EditRefused(`${label} is needed.`);
    return null;
  }
  const [valid, otherwise] = checkOf(kind);
  if (!valid(text) || text.includes('\0')) throw new EditRefused(`${label} ${otherwise}.`);
  return text;
}

function checkOf(kind: FieldKind): Check {
  if (typeof kind === 'string') return CHECKS[kind];
  return 'one' in kind ? [(text) => kind.one.includes(text), `is one of: ${kind.one.join(', ')}`] : CHECKS.prose;
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

/** "Ada Byron (emp_…)", as fields show it, or whatever else names one. */
export function namedBy(text: string): string {
  return /\(([a-z]+_[a-z2-7]{12})\)$/.exec(text)?.[1] ?? text;
}
