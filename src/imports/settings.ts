import type { Setting } from './entity';
import { parseDate } from './file/dates';

/** A choice of a few words. */
export const oneOf = (...words: string[]) => ({ valid: (text: string): boolean => words.includes(text), words: words.join(', ') });

const UNIT = oneOf('fraction', 'percent');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Currency of amounts where the file names none. */
export function currencyOf(...amounts: string[]): Setting {
  return {
    name: 'currency',
    about: `Currency of the ${amounts.length === 1 && amounts[0] === 'salary' ? 'pay' : 'amounts'} where the file names none, three letters (ISO 4217).`,
    needed: (mapped) => amounts.some((amount) => mapped.has(amount)) && !mapped.has('currency'),
    propose: () => undefined,
    valid: (text) => /^[A-Z]{3}$/.test(text),
  };
}

export const FTE_UNIT: Setting = {
  name: 'fte unit',
  about: `How the share of full time is written: ${UNIT.words}.`,
  needed: (mapped) => mapped.has('fte'),
  propose: () => undefined,
  valid: UNIT.valid,
};

export const COUNTRY: Setting = {
  name: 'country',
  about: 'Country of new geographies where the file names none, two letters (ISO 3166).',
  needed: (mapped) => !mapped.has('country'),
  propose: () => undefined,
  valid: (text) => /^[A-Z]{2}$/.test(text),
};

export const TIME_ZONE: Setting = {
  name: 'time zone',
  about: "IANA time zone of new geographies; the organization's is proposed.",
  needed: () => true,
  propose: ({ organization }) => organization.timeZone,
  valid: isTimeZone,
};

/** @param whose of which the file names none */
export function fallback(field: string, whose: string, proposal?: string): Setting {
  return {
    name: `default ${field}`,
    about: `${field} of ${whose} of whom the file names none.`,
    needed: () => true,
    optional: proposal === undefined,
    propose: ({ columns }) => (field in columns ? '' : proposal),
    valid: (text) => text.length <= 200,
  };
}

/** @param what that changes */
export function changesFrom(what: string): Setting {
  return {
    name: 'changes from',
    about: `Day from which changes of ${what} who are there already are in force: today, or YYYY-MM-DD.`,
    needed: () => true,
    propose: () => 'today',
    valid: (text) => text === 'today' || parseDate(text, 'yyyy-mm-dd') === text,
  };
}
