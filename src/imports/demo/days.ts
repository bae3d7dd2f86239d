/** Days are `YYYY-MM-DD` text throughout; arithmetic in UTC, where every day has 24 hours. */
const DAY = 86_400_000;

const written = new Map<number, string>();

export function addDays(day: string, count: number): string {
  const time = Date.parse(day) + count * DAY;
  const known = written.get(time);
  if (known !== undefined) return known;
  const text = new Date(time).toISOString().slice(0, 10);
  written.set(time, text);
  return text;
}

export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY;
}

/** First day of the month so many months from the day's own. */
export function monthStart(day: string, months: number): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months, 1)).toISOString().slice(0, 10);
}

/** Monday of the day's ISO week. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

/** Of two ends of intervals the earlier one; no end = open. */
export function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

export function later(one: string, other: string): string {
  return one > other ? one : other;
}

/** Sunday of Easter (the anonymous Gregorian computus). */
export function easter(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leap = Math.floor(century / 4);
  const moon = (19 * golden + century - leap - Math.floor((8 * century + 13) / 25) + 15) % 30;
  const fullMoon =
    moon - Math.floor(moon / 28) * (1 - Math.floor(moon / 28) * Math.floor(29 / (moon + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + fullMoon + 2 - century + leap) % 7;
  return addDays(`${year}-03-28`, fullMoon - weekday);
}

/** The nth given weekday (0 = Sunday) of a month; n = -1 is the last one. */
export function nthWeekday(year: number, month: number, weekday: number, n: number): string {
  const first = new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
  const offset = (weekday - new Date(first).getUTCDay() + 7) % 7;
  if (n > 0) return addDays(first, offset + (n - 1) * 7);
  const after = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  return addDays(after, -(((new Date(after).getUTCDay() - weekday + 6) % 7) + 1));
}
