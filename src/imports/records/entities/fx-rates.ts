import type { RecordEntity, RecordField } from '../record';

function code(field: Pick<RecordField, 'name' | 'about' | 'headers' | 'column'>): RecordField {
  return {
    ...field,
    kind: 'text',
    max: 3,
    fault: (value) => (/^[A-Za-z]{3}$/.test(value) ? undefined : 'is no code of three letters'),
  };
}

export const FX_RATES: RecordEntity = {
  name: 'fx-rates',
  noun: 'rate of exchange',
  table: 'fx_rate',
  prefix: 'fx',
  identity: { same: ['from_currency', 'to_currency', 'effective_from'] },
  settings: [
    {
      name: 'to currency',
      about: 'Currency that the rates lead to where the file names none, three letters; the reporting currency is proposed.',
      needed: (mapped) => !mapped.has('to currency'),
      propose: ({ organization }) => organization.currency,
      valid: (text) => /^[A-Z]{3}$/.test(text),
    },
  ],
  example: `Date;From;To;Rate
2026-01-31;USD;EUR;0.8412
2026-01-31;GBP;EUR;1.1523`,
  fields: [
    {
      ...code({
        name: 'from currency',
        about: 'Currency of which one unit has the rate.',
        headers: ['from currency', 'from', 'source currency', 'base currency', 'base', 'currency', 'currency code', 'Währung'],
        column: 'from_currency',
      }),
      required: true,
      value: (text) => text?.toUpperCase(),
    },
    {
      ...code({
        name: 'to currency',
        about: 'Currency that the rate is in.',
        headers: ['to currency', 'to', 'target currency', 'quote currency', 'quote', 'counter currency'],
        column: 'to_currency',
      }),
      value: (text, { settings }) => text?.toUpperCase() ?? settings['to currency'],
      written: () => true,
    },
    {
      name: 'rate',
      kind: 'number',
      required: true,
      about: 'What one unit of the first currency is in the second.',
      headers: ['rate', 'exchange rate', 'fx rate', 'value', 'Kurs', 'taux'],
      fault: (value) => (/^\d{1,10}(\.\d+)?$/.test(value) && Number(value) > 0 ? undefined : 'is not above zero, or too large'),
      column: 'rate',
    },
    {
      name: 'effective from',
      kind: 'date',
      required: true,
      about: 'First day on which it is in force, until the next one.',
      headers: ['effective from', 'effective date', 'valid from', 'from date', 'date', 'day', 'Datum'],
      column: 'effective_from',
    },
  ],
  rules: {
    fx_rate_rate_check: 'rate is below 0.0000000001, the least that is kept: give the rate of the other direction',
  },
  wrong: (values, { settings }) =>
    (values['to currency'] ?? settings['to currency'])?.toUpperCase() === values['from currency']?.toUpperCase()
      ? 'both currencies are the same'
      : undefined,
};
