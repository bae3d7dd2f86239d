import type { Named } from '../references/directory';
import type { Category, Entry } from './entries';

/** A line of somebody's week, in millionths of it. */
export interface WeekLine {
  readonly category: Category;
  readonly projectId: string | null;
  /** Key of the work item with its source. */
  readonly item: string | null;
  readonly millionths: number;
  readonly source: string;
}

/** What is said of a week of somebody. */
export interface Week {
  readonly line: number;
  readonly who: Named;
  /** The Monday. */
  readonly start: string;
  readonly entries: readonly Entry[];
}

/** How long somebody's week is. */
export interface Capacity {
  /** Mondays to Fridays of the week on which they are employed. */
  readonly days: number;
  readonly fte: number;
}

export interface Rules {
  readonly unit: string;
  readonly rest: string;
  readonly hoursPerDay: number;
}

const DAY = 86_400_000;
const WHOLE = 1_000_000;
/** What may be lacking of a whole week without being a rest. */
const ROUNDING = 1_000;
export const MOST_LINES = 200;

export const itemKey = (source: string, key: string): string => `${source} ${key}`;

/** Entries by person and week, in the order of the file. */
export function weeksOf(entries: readonly Entry[]): Week[] {
  const weeks = new Map<string, Week & { entries: Entry[] }>();
  for (const entry of entries) {
    const start = mondayOf(entry.day);
    const key = `${entry.who.id} ${start}`;
    const week = weeks.get(key) ?? { line: entry.line, who: entry.who, start, entries: [] };
    if (!weeks.has(key)) weeks.set(key, week);
    week.entries.push(entry);
  }
  return [...weeks.values()];
}

function mondayOf(day: string): string {
  const time = Date.parse(day);
  return new Date(time - ((new Date(time).getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
}

/**
 * The whole week in lines. More than the person's time is scaled down to it; what is missing is the rest. Nothing where
 * there is nothing to share out.
 */
export function linesOf({ entries }: Week, capacity: Capacity, { unit, rest, hoursPerDay }: Rules): WeekLine[] {
  const amounts = unit === 'share of the day' ? sharesOfDays(entries) : entries.map(({ amount }) => amount);
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  if (total === 0) return [];
  const whole = Math.max(total, fullWeek(unit, capacity, hoursPerDay));
  const missing = rest === 'none' || (whole - total) * WHOLE < whole * ROUNDING ? 0 : whole - total;
  const all = missing > 0 ? whole : total;
  const lines = new Map<string, WeekLine>();
  entries.forEach(({ category, projectId, item, source }, index) => {
    const named = item ? itemKey(source, item.key) : null;
    add(lines, { category, projectId, item: named, source, millionths: Math.floor(((amounts[index] as number) / all) * WHOLE) });
  });
  const spent = [...lines.values()].reduce((sum, { millionths }) => sum + millionths, 0);
  const last = [...lines.values()].sort((a, b) => b.millionths - a.millionths)[0] as WeekLine;
  // What rounding down has left over goes to the rest, or to the largest line, so that the week is whole.
  if (missing > 0)
    add(lines, {
      category: rest === 'unlinked' ? 'unlinked' : 'non_project',
      projectId: null,
      item: null,
      source: last.source,
      millionths: WHOLE - spent,
    });
  else add(lines, { ...last, millionths: WHOLE - spent });
  return [...lines.values()].filter(({ millionths }) => millionths > 0);
}

function add(lines: Map<string, WeekLine>, line: WeekLine): void {
  const key = JSON.stringify([line.category, line.projectId, line.item]);
  lines.set(key, { ...line, millionths: line.millionths + (lines.get(key)?.millionths ?? 0) });
}

/** A whole week in the unit of the amounts. */
function fullWeek(unit: string, { days, fte }: Capacity, hoursPerDay: number): number {
  const hours = days * hoursPerDay * fte;
  const whole: Record<string, number> = {
    ...{ seconds: hours * 3600, minutes: hours * 60, hours, days: days * fte, fraction: 1, percent: 100 },
    'share of the day': days,
  };
  return whole[unit] as number;
}

/** Days, of which each is shared out among its entries. */
function sharesOfDays(entries: readonly Entry[]): number[] {
  const totals = new Map<string, number>();
  for (const { day, amount } of entries) totals.set(day, (totals.get(day) ?? 0) + amount);
  return entries.map(({ day, amount }) => (amount === 0 ? 0 : amount / (totals.get(day) as number)));
}
