import type { RecordEntity } from '../record';

export const HOLIDAYS: RecordEntity = {
  name: 'holidays',
  noun: 'holiday',
  table: 'holiday',
  identity: { same: ['geography_id', 'day'] },
  settings: [],
  example: `Date;Country;Holiday
2026-10-03;DE;Tag der Deutschen Einheit
2026-12-25;DE;1. Weihnachtstag`,
  fields: [
    {
      name: 'location',
      kind: 'text',
      required: true,
      about: 'Geography that has it; two letters of a country (ISO 3166) mean all places there.',
      headers: ['location', 'geography', 'office', 'site', 'country code', 'country', 'region', 'Standort', 'Land', 'pays'],
      names: ['geography'],
      spreads: true,
      column: 'geography_id',
    },
    {
      name: 'day',
      kind: 'date',
      required: true,
      about: 'The day.',
      headers: ['day', 'date', 'holiday date', 'Datum', 'Tag'],
      column: 'day',
    },
    {
      name: 'name',
      kind: 'text',
      about: 'What it is called.',
      headers: ['holiday name', 'name', 'holiday', 'local name', 'description', 'Feiertag', 'Bezeichnung'],
      column: 'name',
      value: (text) => text ?? 'Holiday',
      written: () => true,
    },
  ],
};
