import type { Setting, Values } from '../entity';
import { hundredth } from '../file/numbers';
import type { Mapping } from '../mapping/mapping';
import { COUNTRY, TIME_ZONE } from '../settings';
import type { RecordField } from './record';

/** What is wrong with a value unless it has the form. */
const like =
  (form: RegExp, wrong: string) =>
  (value: string): string | undefined =>
    form.test(value) ? undefined : wrong;

export const moneyFault = like(/^\d{1,12}(\.\d+)?$/, 'is below zero or too large');

/** An amount of money, in the currency of the row. */
export function amount(field: Omit<RecordField, 'kind' | 'fault'>): RecordField {
  return { ...field, kind: 'number', fault: moneyFault };
}

export const EMAIL: RecordField = {
  name: 'email',
  kind: 'text',
  max: 254,
  about: 'E-mail address.',
  headers: ['work email', 'business email', 'email', 'email address', 'E-Mail-Adresse', 'mail'],
  fault: like(/^[^\s@]+@[^\s@]+$/, 'is no address'),
  column: 'email',
};

/** Currency of the row's amounts, in capitals; that of the mapping where the file names none. */
export function currency(...amounts: string[]): RecordField {
  return {
    name: 'currency',
    kind: 'text',
    max: 3,
    about: 'Of the amounts, three letters (ISO 4217).',
    headers: ['currency', 'currency code', 'Währung', 'devise'],
    fault: like(/^[A-Za-z]{3}$/, 'is no code of three letters'),
    column: 'currency',
    value: (text, { settings }, values) => (amounts.some((name) => name in values) ? currencyText(text, settings) : undefined),
    written: (mapped) => amounts.some((name) => mapped.has(name)),
  };
}

const currencyText = (text: string | undefined, settings: Mapping['settings']): string | undefined =>
  text?.toUpperCase() ?? (settings['currency'] || undefined);

/** What is wrong with a row that has an amount and no currency. */
export function currencyFault(values: Values, { settings }: Mapping, ...amounts: string[]): string | undefined {
  const lacks = amounts.some((name) => name in values) && currencyText(values['currency'], settings) === undefined;
  return lacks ? 'currency is blank' : undefined;
}

/** A share of full time; see `fteFault`. */
export function fte(about: string, blank: string): RecordField {
  return {
    name: 'fte',
    kind: 'number',
    about,
    headers: ['fte', 'full time equivalent', 'allocation', 'allocation %', 'percent', 'Anteil', 'Beschäftigungsgrad', 'ETP'],
    column: 'fte',
    value: (text, { settings }) => (text !== undefined && settings['fte unit'] === 'percent' ? hundredth(text) : (text ?? blank)),
  };
}

/** What is wrong with a share in the unit of the mapping. */
export function fteFault({ fte: given }: Values, { settings }: Mapping, max: number): string | undefined {
  const share = Number(given ?? '1') / (given !== undefined && settings['fte unit'] === 'percent' ? 100 : 1);
  return share >= 0.001 && share <= max ? undefined : `fte is not between 0 and ${max}`;
}

export const LOCATION: RecordField = {
  name: 'location',
  kind: 'text',
  about: 'Geography; created where it is new.',
  headers: ['location', 'work location', 'geography', 'office', 'site', 'city', 'Standort', 'lieu'],
  names: ['geography'],
  creates: true,
  column: 'geography_id',
};

export const COUNTRY_OF_LOCATION: RecordField = {
  name: 'country',
  kind: 'text',
  about: 'Two letters (ISO 3166), of new geographies.',
  headers: ['country code', 'country', 'Land', 'pays'],
  fault: like(/^[A-Za-z]{2}$/, 'is no code of two letters'),
};

/** What new geographies need, where the file has locations. */
export const PLACE_SETTINGS: readonly Setting[] = [
  { ...COUNTRY, needed: (mapped) => mapped.has('location') && !mapped.has('country') },
  { ...TIME_ZONE, needed: (mapped) => mapped.has('location') },
];

export const JOB_ROLE: RecordField = {
  name: 'job role',
  kind: 'text',
  about: 'Job title; created where it is new.',
  headers: ['job title', 'job role', 'position title', 'position', 'title', 'job', 'Funktion', 'poste'],
  names: ['job_role'],
  creates: true,
  column: 'job_role_id',
};

export const COST_CENTRE: RecordField = {
  name: 'cost centre',
  kind: 'text',
  max: 50,
  about: 'Its code; created where it is new.',
  headers: ['cost centre', 'cost center', 'cost centre code', 'cost center code', 'Kostenstelle', 'centre de coûts'],
  names: ['cost_centre'],
  creates: true,
  column: 'cost_centre_id',
};

export const VALUE_STREAM: RecordField = {
  name: 'value stream',
  kind: 'text',
  about: 'Its name; created where it is new.',
  headers: ['value stream', 'portfolio', 'programme', 'program', 'Wertstrom'],
  names: ['value_stream'],
  creates: true,
  column: 'value_stream_id',
};

export const START: RecordField = {
  name: 'start date',
  kind: 'date',
  about: 'First day.',
  headers: ['start date', 'start', 'from', 'first day', 'valid from', 'Beginn', 'Startdatum', 'date de début'],
  column: 'start_date',
};

export const END: RecordField = {
  name: 'end date',
  kind: 'date',
  about: 'Last day; blank = none.',
  headers: ['end date', 'end', 'to', 'until', 'due date', 'target date', 'valid to', 'Ende', 'Enddatum', 'date de fin'],
  column: 'end_date',
};

/** A whole number from zero up; blank is zero. */
export function count(field: Pick<RecordField, 'name' | 'about' | 'headers' | 'column'>): RecordField {
  return {
    ...field,
    kind: 'number',
    value: (text) => text?.replace(/\.0+$/, '') ?? '0',
    fault: like(/^\d{1,15}(\.0+)?$/, 'is no whole number'),
  };
}

/** A person of the organization, by number, e-mail address or name. */
export function person(field: Pick<RecordField, 'name' | 'about' | 'headers' | 'column'>): RecordField {
  return { ...field, kind: 'text', names: ['employee'] };
}

export function inOrder(values: Values): string | undefined {
  const [start, end] = [values['start date'], values['end date']];
  return start !== undefined && end !== undefined && end < start ? 'end date is before start date' : undefined;
}
