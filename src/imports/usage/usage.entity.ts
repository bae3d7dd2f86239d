import type { Entity, Field, Setting } from '../entity';
import { USAGE_EXPORTS } from '../exports/usage-exports';
import { parseDate } from '../file/dates';
import { currencyOf } from '../settings';

function fallback(field: string, about: string, optional = false): Setting {
  return {
    name: `default ${field}`,
    about,
    needed: (mapped) => optional || !mapped.has(field),
    optional,
    propose: () => undefined,
    valid: (text) => text.length <= 100,
  };
}

function tokens(name: string, about: string, ...headers: string[]): Field {
  return { name, kind: 'number', about, headers, fault: (value) => (/^\d{1,15}(\.0+)?$/.test(value) ? undefined : 'is no whole number') };
}

/** The use of AI: everything but how it is written. */
export const USAGE: Omit<Entity, 'apply'> = {
  name: 'ai-usage',
  noun: 'day of AI usage',
  exports: USAGE_EXPORTS,
  example: `Date;User;Provider;Tool;Model;Input tokens;Output tokens;Sessions;Cost;Currency
2026-09-28;ada@example.com;Example AI;Code Assistant;large-2;120400;18800;5;3.42;USD
2026-09-28;ci-bot;Example AI;Code Assistant;small-2;9800;700;1;0.07;USD`,
  settings: [
    {
      name: 'day',
      about: 'Day that all rows are of, YYYY-MM-DD, where the file has no days.',
      needed: (mapped) => !mapped.has('day'),
      propose: () => undefined,
      valid: (text) => parseDate(text, 'yyyy-mm-dd') === text,
    },
    fallback('account', 'Account of rows that name none; left empty, they are refused.', true),
    fallback('provider', 'Who sells it, where the file does not say.'),
    fallback('system', 'The product, such as Cursor or Claude Code, where the file does not say.'),
    currencyOf('cost'),
  ],
  fields: [
    { name: 'day', kind: 'date', about: 'Day of the usage.', headers: ['date', 'day', 'usage date', 'usage_date', 'timestamp', 'Datum'] },
    {
      name: 'account',
      kind: 'text',
      max: 254,
      about: 'E-mail address, which tells whose it is, or the name that the provider has for it.',
      headers: ['user email', 'email', 'user', 'account', 'username', 'user name', 'actor', 'member', 'E-Mail-Adresse'],
    },
    { name: 'provider', kind: 'text', max: 100, about: 'Who sells it.', headers: ['provider', 'vendor', 'Anbieter'] },
    { name: 'system', kind: 'text', max: 100, about: 'The product.', headers: ['system', 'product', 'tool', 'application', 'app'] },
    { name: 'model', kind: 'text', max: 100, about: 'The model.', headers: ['model', 'model name', 'Modell'] },
    tokens('input tokens', 'Tokens that were sent, without those read from a cache.', 'input tokens', 'prompt tokens', 'tokens in'),
    tokens('cached tokens', 'Tokens that were read from a cache.', 'cached tokens', 'cache read tokens', 'cached input tokens'),
    tokens('output tokens', 'Tokens that came back.', 'output tokens', 'completion tokens', 'tokens out'),
    tokens('sessions', 'How often it was used.', 'sessions', 'session count', 'requests', 'interactions'),
    {
      name: 'cost',
      kind: 'number',
      about: 'What it cost; below zero is a credit, which counts against the rest of the day.',
      headers: ['cost', 'amount', 'spend', 'total cost', 'net amount', 'cost usd', 'Kosten'],
      fault: (value) => (/^-?\d{1,12}(\.\d+)?$/.test(value) ? undefined : 'is too large'),
    },
    {
      name: 'currency',
      kind: 'text',
      max: 3,
      about: 'Of the cost, three letters (ISO 4217).',
      headers: ['currency', 'currency code', 'Währung'],
      fault: (value) => (/^[A-Za-z]{3}$/.test(value) ? undefined : 'is no code of three letters'),
    },
  ],
  incomplete: (mapped) =>
    ['input tokens', 'output tokens', 'sessions', 'cost'].some((name) => mapped.has(name))
      ? undefined
      : 'tokens, sessions or cost are needed',
};
