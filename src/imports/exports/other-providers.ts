import { amountOrWord, cents, dayOf, either, less, sum } from './cells';
import type { KnownExport } from './known-export';

const FORMATS = {
  day: 'yyyy-mm-dd',
  ...Object.fromEntries(['input tokens', 'output tokens', 'cached tokens', 'sessions', 'cost'].map((field) => [field, '1,234.56'])),
};

const OPENAI = { 'default provider': 'OpenAI', 'default account': 'OpenAI API', 'default system': 'OpenAI API' };

export const OPENAI_USAGE: KnownExport = {
  name: 'openai usage',
  about: 'OpenAI, Usage, completions (CSV). Accounts are users, else API keys; it has no cost.',
  headers: ['start_time', 'input_tokens', 'output_tokens', 'num_model_requests'],
  columns: {
    day: 'day (computed)',
    account: 'account (computed)',
    model: 'model',
    'input tokens': 'input (computed)',
    'cached tokens': 'input_cached_tokens',
    'output tokens': 'output_tokens',
  },
  derived: {
    'day (computed)': (cells) => dayOf(cells['start_time']),
    'account (computed)': (cells) => either(cells, 'user_email', 'user_id', 'api_key_id', 'project_name', 'project_id'),
    'input (computed)': (cells) => less(cells, 'input_tokens', 'input_cached_tokens'),
  },
  formats: FORMATS,
  settings: { ...OPENAI, currency: 'USD' },
};

export const OPENAI_COSTS: KnownExport = {
  name: 'openai costs',
  about: 'OpenAI, Usage, costs (CSV). Accounts are users, else projects; models are line items.',
  headers: ['start_time', 'amount_value', 'amount_currency'],
  columns: { day: 'day (computed)', account: 'account (computed)', model: 'line_item', cost: 'amount_value', currency: 'amount_currency' },
  derived: {
    'day (computed)': (cells) => dayOf(cells['start_time']),
    'account (computed)': (cells) => either(cells, 'user_email', 'user_id', 'api_key_id', 'project_name', 'project_id'),
  },
  formats: FORMATS,
  settings: OPENAI,
};

/** The same two as the Admin API answers them. */
export const OPENAI_USAGE_API: KnownExport = {
  name: 'openai usage api',
  about: 'OpenAI Admin API, organization/usage/completions by day, grouped by model and user (JSON). It has no cost.',
  headers: ['start_time', 'results.input_tokens', 'results.output_tokens'],
  columns: {
    day: 'day (computed)',
    account: 'account (computed)',
    model: 'results.model',
    'input tokens': 'input (computed)',
    'cached tokens': 'results.input_cached_tokens',
    'output tokens': 'results.output_tokens',
  },
  derived: {
    'day (computed)': (cells) => dayOf(cells['start_time']),
    'account (computed)': (cells) => either(cells, 'results.user_email', 'results.user_id', 'results.api_key_id', 'results.project_id'),
    'input (computed)': (cells) => less(cells, 'results.input_tokens', 'results.input_cached_tokens'),
  },
  formats: FORMATS,
  settings: { ...OPENAI, currency: 'USD' },
};

export const OPENAI_COSTS_API: KnownExport = {
  name: 'openai costs api',
  about: 'OpenAI Admin API, organization/costs grouped by project and line item (JSON).',
  headers: ['start_time', 'results.amount.value', 'results.amount.currency'],
  columns: {
    day: 'day (computed)',
    account: 'account (computed)',
    model: 'results.line_item',
    cost: 'results.amount.value',
    currency: 'results.amount.currency',
  },
  derived: {
    'day (computed)': (cells) => dayOf(cells['start_time']),
    'account (computed)': (cells) => either(cells, 'results.user_email', 'results.user_id', 'results.project_name', 'results.project_id'),
  },
  formats: FORMATS,
  settings: OPENAI,
};

const CURSOR = { 'default provider': 'Cursor', 'default account': 'Cursor', 'default system': 'Cursor', currency: 'USD' };

export const CURSOR_EVENTS: KnownExport = {
  name: 'cursor usage',
  about: 'Cursor, team usage events (CSV). What the plan includes costs nothing here.',
  headers: ['Date', 'Model', 'Input (w/ Cache Write)', 'Input (w/o Cache Write)', 'Cache Read', 'Output Tokens'],
  columns: {
    day: 'day (computed)',
    account: 'User',
    model: 'Model',
    'input tokens': 'input (computed)',
    'cached tokens': 'Cache Read',
    'output tokens': 'Output Tokens',
    cost: 'cost (computed)',
  },
  derived: {
    'day (computed)': (cells) => dayOf(cells['Date']),
    'input (computed)': (cells) => sum(cells, 'Input (w/ Cache Write)', 'Input (w/o Cache Write)'),
    'cost (computed)': (cells) => amountOrWord(cells, 'Cost'),
  },
  formats: FORMATS,
  settings: CURSOR,
};

export const CURSOR_EVENTS_API: KnownExport = {
  name: 'cursor usage api',
  about: 'Cursor Admin API, teams/filtered-usage-events (JSON).',
  headers: ['timestamp', 'model', 'userEmail'],
  columns: {
    day: 'day (computed)',
    account: 'userEmail',
    model: 'model',
    'input tokens': 'input (computed)',
    'cached tokens': 'tokenUsage.cacheReadTokens',
    'output tokens': 'tokenUsage.outputTokens',
    cost: 'cost (computed)',
  },
  derived: {
    'day (computed)': (cells) => dayOf(cells['timestamp']),
    'input (computed)': (cells) => sum(cells, 'tokenUsage.inputTokens', 'tokenUsage.cacheWriteTokens'),
    // Older answers have no chargedCents; what is not chargeable costs nothing.
    'cost (computed)': (cells) => cents(cells, 'chargedCents', ...chargeable(cells)),
  },
  formats: FORMATS,
  settings: CURSOR,
};

function chargeable(cells: Readonly<Record<string, string>>): string[] {
  return cells['isChargeable'] === 'false' ? [] : ['tokenUsage.totalCents'];
}

const COPILOT = { 'default provider': 'GitHub', 'default account': 'GitHub Copilot', 'default system': 'GitHub Copilot', currency: 'USD' };

export const COPILOT_BILLING: KnownExport = {
  name: 'github copilot billing',
  about: 'GitHub, premium requests and AI credits per user (CSV). Accounts are user names: say whose they are in [values of account].',
  headers: ['date', 'username', 'sku', 'model', 'net_amount'],
  columns: { day: 'date', account: 'username', model: 'model', cost: 'net_amount' },
  formats: FORMATS,
  settings: COPILOT,
};

export const COPILOT_METRICS: KnownExport = {
  name: 'github copilot metrics',
  about:
    'GitHub, Copilot usage metrics per user and day (JSON, a line each). Accounts are user names: say whose they are in [values of account].',
  headers: ['day', 'user_login', 'user_initiated_interaction_count'],
  columns: { day: 'day', account: 'user_login', sessions: 'user_initiated_interaction_count' },
  formats: FORMATS,
  settings: COPILOT,
};
