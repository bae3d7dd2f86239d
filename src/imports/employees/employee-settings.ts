import type { Setting } from '../entity';
import { changesFrom, COUNTRY, currencyOf, fallback, FTE_UNIT, oneOf, TIME_ZONE } from '../settings';

const PERIOD = oneOf('year', 'month', 'hour');
const BASIS = oneOf('full time', 'actual');

/** What a file of employees does not say of itself. */
export const EMPLOYEE_SETTINGS: readonly Setting[] = [
  currencyOf('salary'),
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
  FTE_UNIT,
  COUNTRY,
  TIME_ZONE,
  fallback('job role', 'people'),
  fallback('location', 'people'),
  fallback('work type', 'people', 'Permanent'),
  changesFrom('people'),
];

function periodOf(header: string): string | undefined {
  if (/annual|year|jahr/i.test(header)) return 'year';
  if (/month|monat/i.test(header)) return 'month';
  return /hour|stunde/i.test(header) ? 'hour' : undefined;
}
