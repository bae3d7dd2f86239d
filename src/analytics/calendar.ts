/** Days are texts `YYYY-MM-DD`; a span includes both its ends. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export const GRANULARITIES = ['day', 'week', 'month', 'quarter', 'year', 'total'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** What the calendar of an organization depends on. Quarters and years are fiscal ones. */
export interface Calendar {
  readonly today: string;
  /** 1 = January. */
  readonly fiscalYearStartMonth: number;
}

/** Months from `from` to before `to`, counted from the first month of the period of `unit` months that holds today. */
interface Preset {
  readonly unit: 1 | 3 | 12;
  readonly from: number;
  readonly to: number;
  readonly untilToday?: true;
}

const RULES = {
  this_month: { unit: 1, from: 0, to: 1 },
  last_month: { unit: 1, from: -1, to: 0 },
  next_month: { unit: 1, from: 1, to: 2 },
  this_quarter: { unit: 3, from: 0, to: 3 },
  last_quarter: { unit: 3, from: -3, to: 0 },
  next_quarter: { unit: 3, from: 3, to: 6 },
  this_year: { unit: 12, from: 0, to: 12 },
  last_year: { unit: 12, from: -12, to: 0 },
  next_year: { unit: 12, from: 12, to: 24 },
  fytd: { unit: 12, from: 0, to: 12, untilToday: true },
  last_3_months: { unit: 1, from: -3, to: 0 },
  last_6_months: { unit: 1, from: -6, to: 0 },
  last_12_months: { unit: 1, from: -12, to: 0 },
  next_3_months: { unit: 1, from: 1, to: 4 },
  next_6_months: { unit: 1, from: 1, to: 7 },
  next_12_months: { unit: 1, from: 1, to: 13 },
  last_3_months_to_date: { unit: 1, from: -3, to: 1, untilToday: true },
} as const satisfies Record<string, Preset>;

export type PresetName = 'today' | keyof typeof RULES;
export const PRESETS = ['today', ...Object.keys(RULES)] as PresetName[];

export function presetSpan(name: PresetName, calendar: Calendar): Span {
  const { today } = calendar;
  if (name === 'today') return { from: today, to: today };
  const { unit, from, to, untilToday }: Preset = RULES[name];
  const start = firstMonth(today, unit, calendar);
  return { from: firstDay(start + from), to: untilToday ? today : addDays(firstDay(start + to), -1) };
}

/** The span before a span: as many whole months where it is of whole months, else as many days. */
export function previousSpan({ from, to }: Span): Span {
  const before = addDays(from, -1);
  if (!isWholeMonths({ from, to })) return { from: addDays(before, -daysBetween(from, to)), to: before };
  return { from: firstDay(monthOf(from) - (monthOf(to) - monthOf(from) + 1)), to: before };
}

export function isWholeMonths({ from, to }: Span): boolean {
  return from.endsWith('-01') && addDays(to, 1).endsWith('-01');
}

/** A span cut at the boundaries of its granularity; the first and the last part may be incomplete. */
export function buckets(span: Span, granularity: Granularity, calendar: Calendar): Span[] {
  if (granularity === 'total') return [span];
  const parts: Span[] = [];
  for (let from = span.from; from <= span.to;) {
    const end = lastDayOf(from, granularity, calendar);
    parts.push({ from, to: end < span.to ? end : span.to });
    from = addDays(end, 1);
  }
  return parts;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function lastDayOf(day: string, granularity: Exclude<Granularity, 'total'>, calendar: Calendar): string {
  if (granularity === 'day') return day;
  if (granularity === 'week') return addDays(day, (7 - new Date(day).getUTCDay()) % 7);
  const unit = { month: 1, quarter: 3, year: 12 }[granularity];
  return addDays(firstDay(firstMonth(day, unit, calendar) + unit), -1);
}

/** The first month of the fiscal period of `unit` months that a day is in. */
function firstMonth(day: string, unit: number, { fiscalYearStartMonth }: Calendar): number {
  const month = monthOf(day);
  return month - ((((month - (fiscalYearStartMonth - 1)) % unit) + unit) % unit);
}

/** Months since the year 0. */
function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function firstDay(month: number): string {
  return new Date(Date.UTC(Math.floor(month / 12), ((month % 12) + 12) % 12, 1)).toISOString().slice(0, 10);
}
