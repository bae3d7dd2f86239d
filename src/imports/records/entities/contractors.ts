import { changesFrom, COUNTRY, currencyOf, fallback, oneOf, TIME_ZONE } from '../../settings';
import { contractorRates } from '../contractor-rates.sql';
import {
  amount,
  COST_CENTRE,
  COUNTRY_OF_LOCATION,
  currency,
  currencyFault,
  EMAIL,
  END,
  inOrder,
  JOB_ROLE,
  LOCATION,
  person,
  START,
} from '../fields';
import type { RecordEntity } from '../record';

const RATE_TYPE = oneOf('hourly', 'daily', 'monthly');

function typeOf(header: string): string | undefined {
  if (/hour|stunde/i.test(header)) return 'hourly';
  if (/day|dai|tag/i.test(header)) return 'daily';
  return /month|monat/i.test(header) ? 'monthly' : undefined;
}

export const CONTRACTORS: RecordEntity = {
  name: 'contractors',
  noun: 'contractor',
  table: 'contractor',
  prefix: 'con',
  identity: { kind: 'contractor', number: 'contractor number', name: 'name', adopts: true },
  settings: [
    currencyOf('rate'),
    {
      name: 'rate type',
      about: `What the rate is for where the file does not say: ${RATE_TYPE.words}.`,
      needed: (mapped) => mapped.has('rate') && !mapped.has('rate type'),
      propose: ({ columns }) => typeOf(columns['rate'] ?? ''),
      valid: RATE_TYPE.valid,
    },
    COUNTRY,
    TIME_ZONE,
    fallback('location', 'contractors'),
    changesFrom('contractors'),
  ],
  example: `Contractor ID;Name;Email;Type;Agency;Location;Contract start;Contract end;Day rate;Currency
C-17;Ina Indigo;ina@example.com;Freelance;;Berlin;2024-05-13;;640.00;EUR
C-18;Tom Teal;;Agency;Teal Ltd;Berlin;2024-09-30;2026-12-31;720.00;EUR`,
  fields: [
    {
      name: 'contractor number',
      kind: 'text',
      max: 100,
      about: 'By which a contractor is found again; without, by the name.',
      headers: ['contractor number', 'contractor id', 'worker id', 'vendor id', 'supplier id', 'external id', 'id'],
    },
    {
      name: 'name',
      kind: 'text',
      required: true,
      about: 'Of the person or the company.',
      headers: ['contractor name', 'contractor', 'full name', 'name', 'worker', 'freelancer', 'Name'],
      column: 'name',
    },
    EMAIL,
    {
      name: 'type',
      kind: 'choice',
      about: 'A person or a company; individual where it is new.',
      headers: ['contractor type', 'type', 'worker type'],
      choices: {
        individual: ['individual', 'person', 'freelance', 'independent', 'self employed', 'contractor'],
        company: ['company', 'agency', 'firm', 'vendor', 'supplier', 'consultancy'],
      },
      column: 'contractor_type',
      value: (text) => text ?? 'individual',
    },
    {
      name: 'company',
      kind: 'text',
      about: 'Company that a person works for.',
      headers: ['company', 'company name', 'agency', 'vendor', 'supplier', 'employer', 'Firma'],
      column: 'company_name',
    },
    person({
      name: 'manager',
      about: 'Employee whom the contractor reports to.',
      headers: ['manager email', 'manager', 'supervisor', 'reports to', 'hiring manager', 'Ansprechpartner'],
      column: 'manager_id',
    }),
    JOB_ROLE,
    {
      ...LOCATION,
      value: (text, { settings }) => text ?? (settings['default location'] || undefined),
      written: () => true,
    },
    COUNTRY_OF_LOCATION,
    COST_CENTRE,
    { ...START, required: true, headers: ['contract start', 'contract start date', ...START.headers] },
    { ...END, headers: ['contract end', 'contract end date', ...END.headers] },
    amount({
      name: 'rate',
      about: 'What is charged per hour, day or month.',
      headers: ['rate', 'day rate', 'daily rate', 'hourly rate', 'monthly rate', 'bill rate', 'Tagessatz', 'Stundensatz', 'tarif'],
    }),
    {
      name: 'rate type',
      kind: 'choice',
      about: 'What the rate is for.',
      headers: ['rate type', 'rate unit', 'rate per', 'unit', 'billing unit'],
      choices: { hourly: ['hour', 'per hour', 'hr', 'h'], daily: ['dai', 'day', 'per day', 'd'], monthly: ['month', 'per month', 'm'] },
    },
    { ...currency('rate'), column: undefined },
    {
      name: 'rate date',
      kind: 'date',
      about: 'Day from which the rate is in force.',
      headers: ['rate date', 'rate effective date', 'rate effective from', 'rate valid from'],
    },
  ],
  wrong: (values, mapping) => {
    if (values['location'] === undefined && !mapping.settings['default location'])
      return 'location is blank, and the mapping has no default';
    if ('rate' in values && values['rate type'] === undefined && !mapping.settings['rate type']) return 'rate type is blank';
    return inOrder(values) ?? currencyFault(values, mapping, 'rate');
  },
  follow: contractorRates,
};
