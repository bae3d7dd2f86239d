import { addDays, easter, nthWeekday } from './days';

type Rule = [name: string, day: (year: number) => string];

const fixed =
  (monthDay: string) =>
  (year: number): string =>
    `${year}-${monthDay}`;
const fromEaster =
  (offset: number) =>
  (year: number): string =>
    addDays(easter(year), offset);
const weekday =
  (month: number, day: number, n: number) =>
  (year: number): string =>
    nthWeekday(year, month, day, n);

const CHRISTIAN: Rule[] = [
  ['New Year', fixed('01-01')],
  ['Good Friday', fromEaster(-2)],
  ['Christmas Day', fixed('12-25')],
];
const MONDAY = 1;
const THURSDAY = 4;

/** Public holidays by country, enough of them for working days to differ between places. */
const RULES: Record<string, Rule[]> = {
  DE: [
    ...CHRISTIAN,
    ['Easter Monday', fromEaster(1)],
    ['Labour Day', fixed('05-01')],
    ['Ascension', fromEaster(39)],
    ['German Unity Day', fixed('10-03')],
    ['Boxing Day', fixed('12-26')],
  ],
  PT: [
    ...CHRISTIAN,
    ['Freedom Day', fixed('04-25')],
    ['Labour Day', fixed('05-01')],
    ['Portugal Day', fixed('06-10')],
    ['Republic Day', fixed('10-05')],
    ['Immaculate Conception', fixed('12-08')],
  ],
  GB: [
    ...CHRISTIAN,
    ['Easter Monday', fromEaster(1)],
    ['Early May', weekday(5, MONDAY, 1)],
    ['Spring', weekday(5, MONDAY, -1)],
    ['Summer', weekday(8, MONDAY, -1)],
    ['Boxing Day', fixed('12-26')],
  ],
  US: [
    ['New Year', fixed('01-01')],
    ['Memorial Day', weekday(5, MONDAY, -1)],
    ['Independence Day', fixed('07-04')],
    ['Labor Day', weekday(9, MONDAY, 1)],
    ['Thanksgiving', weekday(11, THURSDAY, 4)],
    ['Christmas Day', fixed('12-25')],
  ],
  CH: [...CHRISTIAN, ['Easter Monday', fromEaster(1)], ['National Day', fixed('08-01')]],
};

/** A country's holidays of some years, each day once. */
export function holidays(country: string, years: readonly number[]): { day: string; name: string }[] {
  const byDay = new Map<string, string>();
  for (const year of years) for (const [name, day] of RULES[country] ?? []) byDay.set(day(year), name);
  return [...byDay].map(([day, name]) => ({ day, name }));
}
