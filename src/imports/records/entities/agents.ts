import { currencyOf } from '../../settings';
import { amount, count, currency, currencyFault, END, inOrder, START } from '../fields';
import type { RecordEntity, RecordField } from '../record';

const price = (field: Pick<RecordField, 'name' | 'about' | 'headers' | 'column'>): RecordField => ({
  ...amount(field),
  value: (text) => text ?? '0',
});

const PRICES = ['seat price', 'input price', 'output price'] as const;

export const AGENTS: RecordEntity = {
  name: 'agents',
  noun: 'AI agent',
  table: 'ai_agent',
  prefix: 'agt',
  identity: { kind: 'ai_agent', number: 'agent number', name: 'name', adopts: true },
  settings: [{ ...currencyOf(...PRICES), needed: (mapped) => !mapped.has('currency') }],
  example: `Agent;Vendor;Seats;Price per seat;Currency;Start date
Code Assistant;Example AI;40;32.00;USD;2025-01-31`,
  fields: [
    {
      name: 'agent number',
      kind: 'text',
      max: 100,
      about: 'By which an AI agent is found again; without, by its name.',
      headers: ['agent number', 'agent id', 'license id', 'subscription id', 'external id', 'id'],
    },
    {
      name: 'name',
      kind: 'text',
      required: true,
      about: 'What it is called.',
      headers: ['agent name', 'agent', 'name', 'product', 'tool', 'license', 'subscription'],
      column: 'name',
    },
    {
      name: 'provider',
      kind: 'text',
      required: true,
      max: 100,
      about: 'Who sells it.',
      headers: ['provider', 'vendor', 'supplier', 'Anbieter'],
      column: 'provider',
    },
    count({
      name: 'seats',
      about: 'Seats that are paid.',
      headers: ['seats', 'licenses', 'licences', 'quantity', 'users'],
      column: 'seats',
    }),
    price({
      name: 'seat price',
      about: 'Of a seat and month.',
      headers: ['seat price', 'price per seat', 'monthly price per seat', 'unit price', 'price'],
      column: 'monthly_per_seat_price',
    }),
    count({
      name: 'input tokens',
      about: 'Planned input tokens of a month.',
      headers: ['input tokens', 'planned input tokens', 'input tokens per month'],
      column: 'planned_input_tokens_per_month',
    }),
    count({
      name: 'output tokens',
      about: 'Planned output tokens of a month.',
      headers: ['output tokens', 'planned output tokens', 'output tokens per month'],
      column: 'planned_output_tokens_per_month',
    }),
    count({
      name: 'included input tokens',
      about: 'Input tokens of a month that the seats include.',
      headers: ['included input tokens'],
      column: 'included_input_tokens_per_month',
    }),
    count({
      name: 'included output tokens',
      about: 'Output tokens of a month that the seats include.',
      headers: ['included output tokens'],
      column: 'included_output_tokens_per_month',
    }),
    price({
      name: 'input price',
      about: 'Of a million input tokens.',
      headers: ['input price', 'price per million input tokens', 'price per 1m input'],
      column: 'price_per_million_input',
    }),
    price({
      name: 'output price',
      about: 'Of a million output tokens.',
      headers: ['output price', 'price per million output tokens', 'price per 1m output'],
      column: 'price_per_million_output',
    }),
    { ...currency(), value: (text, { settings }) => text?.toUpperCase() ?? settings['currency'], written: () => true },
    { ...START, required: true },
    END,
  ],
  wrong: (values, mapping) => inOrder(values) ?? currencyFault(values, mapping, 'name'),
};
