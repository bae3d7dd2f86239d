import type { Setting } from '../entity';
import { parseDate } from '../file/dates';

const currency = (text: string): boolean => /^[A-Z]{3}$/.test(text);
const oneOf = (...words: string[]) => ({ valid: (text: string): boolean => words.includes(text), words: words.join(', ') });
const PERIOD = oneOf('year', 'month', 'hour');
const BASIS = oneOf('full time', 'actual');
const UNIT = oneOf('fraction', 'percent');
const named = (text: string): boolean => text.length <= 200;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function fallback(field: string, proposal?: string): Setting {
  return {
    name: `default ${field}`,
    about: `${field} of people of whom the file names none.`,
    needed: () => true,
    optional: proposal === undefined,
    propose: ({ columns }) => (field in columns ? '' : proposal),
    valid: named,
  };
}

/** What a file of employees does not say of itself. */
export const EMPLOYEE_SETTINGS: readonly Setting[] = [
  {
    name: 'currency',
    about: 'Currency of the pay where the file names none, three letters (ISO 4217).',
    needed: (mapped) => mapped.has('salary') && !mapped.has('currency'),
    propose: () => undefined,
    valid: currency,
  },
  {
    name: 'pay period',
    about: `What the salary is paid for: ${PERIOD.words}. A month counts 12 times a year, an hour as often as 52 weeks of 5 working days have them.`,
    needed: (mapped) => mapped.has('salary'),
    propose: ({ columns }) => periodOf(columns['salary'] ?? ''),
    valid: PERIOD.valid,
  },
  {
    name: 'pay basis',
    about: `For part-time people the salary is: ${BASIS.words}. The product keeps full-time pay.`,
    needed: (mapped) => mapped.has('salary') && mapped.has('fte'),
    propose: () => undefined,
    valid: BASIS.valid,
  },
  {
    name: 'fte unit',
    about: `How the share of full time is written: ${UNIT.words}.`,
    needed: (mapped) => mapped.has('fte'),
    propose: () => undefined,
    valid: UNIT.valid,
  },
  {
    name: 'country',
    about: 'Country of new geographies where the file names none, two letters (ISO 3166).',
    needed: (mapped) => !mapped.has('country'),
    propose: () => undefined,
    valid: (text) => /^[A-Z]{2}$/.test(text),
  },
  {
    name: 'time zone',
    about: "IANA time zone of new geographies; the organization's is proposed.",
    needed: () => true,
    propose: ({ organization }) => organization.timeZone,
    valid: isTimeZone,
  },
  fallback('job role'),
  fallback('location'),
  fallback('work type', 'Permanent'),
  {
    name: 'changes from',
    about: 'Day from which changes of people who are there already are in force: today, or YYYY-MM-DD.',
    needed: () => true,
    propose: () => 'today',
    valid: (text) => text === 'today' || parseDate(text, 'yyyy-mm-dd') === text,
  },
];

function periodOf(header: string): string | undefined {
  if (/annual|year|jahr/i.test(header)) return 'year';
  if (/month|monat/i.test(header)) return 'month';
  return /hour|stunde/i.test(header) ? 'hour' : undefined;
}
