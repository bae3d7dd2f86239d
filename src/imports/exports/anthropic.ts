import { cents, dayOf, once, sum } from './cells';
import type { KnownExport } from './known-export';

const ANTHROPIC = { 'default provider': 'Anthropic', 'default account': 'Anthropic API' };
const DAYS = { day: 'yyyy-mm-dd' };
const NUMBERS = Object.fromEntries(
  ['input tokens', 'output tokens', 'cached tokens', 'sessions', 'cost'].map((field) => [field, '1,234.56']),
);
const FORMATS = { ...DAYS, ...NUMBERS };

/** The spend report of a Claude organization has totals of a period, no days: it is exported a day at a time. */
export const CLAUDE_SPEND_REPORT: KnownExport = {
  name: 'claude spend report',
  about: 'Claude Team and Enterprise, Analytics, spend report (CSV). It has no days: export it for one day, and name the day.',
  headers: ['user_email', 'product', 'model', 'total_net_spend_usd'],
  columns: {
    account: 'user_email',
    system: 'product',
    model: 'model',
    'input tokens': 'input (computed)',
    'cached tokens': 'total_cache_read_tokens',
    'output tokens': 'total_completion_tokens',
    cost: 'total_net_spend_usd',
  },
  derived: {
    'input (computed)': (cells) =>
      'total_uncached_input_tokens' in cells
        ? sum(cells, 'total_uncached_input_tokens', 'total_cache_write_5m_tokens', 'total_cache_write_1h_tokens')
        : (cells['total_prompt_tokens'] ?? ''),
  },
  formats: FORMATS,
  settings: { ...ANTHROPIC, currency: 'USD', 'default system': 'Claude' },
};

export const CONSOLE_USAGE: KnownExport = {
  name: 'claude console usage',
  about: 'Claude Console, Usage (CSV). Accounts are API keys; it has no cost.',
  headers: ['usage_date_utc', 'model_version', 'usage_input_tokens_no_cache', 'usage_output_tokens'],
  columns: {
    day: 'usage_date_utc',
    account: 'api_key',
    model: 'model_version',
    'input tokens': 'input (computed)',
    'cached tokens': 'usage_input_tokens_cache_read',
    'output tokens': 'usage_output_tokens',
  },
  derived: {
    'input (computed)': (cells) =>
      sum(
        cells,
        ...['usage_input_tokens_no_cache', 'usage_input_tokens_cache_write'],
        ...['usage_input_tokens_cache_write_5m', 'usage_input_tokens_cache_write_1h'],
      ),
  },
  formats: FORMATS,
  settings: { ...ANTHROPIC, currency: 'USD', 'default system': 'Claude API' },
};

export const CONSOLE_COST: KnownExport = {
  name: 'claude console cost',
  about: 'Claude Console, Cost (CSV). Accounts are API keys; it has no tokens.',
  headers: ['usage_date_utc', 'model', 'api_key', 'cost_usd'],
  columns: { day: 'usage_date_utc', account: 'api_key', model: 'model', cost: 'cost_usd' },
  formats: FORMATS,
  settings: { ...ANTHROPIC, currency: 'USD', 'default system': 'Claude API' },
};

export const CLAUDE_CODE_ANALYTICS: KnownExport = {
  name: 'claude code analytics',
  about: 'Anthropic Admin API, usage_report/claude_code (JSON): people by e-mail address, or API keys.',
  headers: ['date', 'core_metrics.num_sessions', 'model_breakdown.model', 'model_breakdown.tokens.input'],
  columns: {
    day: 'date',
    account: 'account (computed)',
    model: 'model_breakdown.model',
    'input tokens': 'input (computed)',
    'cached tokens': 'model_breakdown.tokens.cache_read',
    'output tokens': 'model_breakdown.tokens.output',
    sessions: 'sessions (computed)',
    cost: 'cost (computed)',
    currency: 'model_breakdown.estimated_cost.currency',
  },
  derived: {
    'account (computed)': (cells) => cells['actor.email_address'] || cells['actor.api_key_name'] || '',
    'input (computed)': (cells) => sum(cells, 'model_breakdown.tokens.input', 'model_breakdown.tokens.cache_creation'),
    'sessions (computed)': (cells) => once(cells, 'core_metrics.num_sessions'),
    'cost (computed)': (cells) => cents(cells, 'model_breakdown.estimated_cost.amount'),
  },
  formats: FORMATS,
  settings: { ...ANTHROPIC, 'default system': 'Claude Code' },
};

export const ANTHROPIC_USAGE_REPORT: KnownExport = {
  name: 'anthropic usage report',
  about: 'Anthropic Admin API, usage_report/messages by day, grouped by model and by account or API key (JSON). It has no cost.',
  headers: ['starting_at', 'results.uncached_input_tokens', 'results.output_tokens'],
  columns: {
    day: 'day (computed)',
    account: 'account (computed)',
    model: 'results.model',
    'input tokens': 'input (computed)',
    'cached tokens': 'results.cache_read_input_tokens',
    'output tokens': 'results.output_tokens',
  },
  derived: {
    'day (computed)': (cells) => dayOf(cells['starting_at']),
    'account (computed)': (cells) => cells['results.account_id'] || cells['results.api_key_id'] || cells['results.workspace_id'] || '',
    'input (computed)': (cells) =>
      sum(
        cells,
        ...['results.uncached_input_tokens', 'results.cache_creation.ephemeral_5m_input_tokens'],
        'results.cache_creation.ephemeral_1h_input_tokens',
      ),
  },
  formats: FORMATS,
  settings: { ...ANTHROPIC, currency: 'USD', 'default system': 'Claude API' },
};

export const ANTHROPIC_COST_REPORT: KnownExport = {
  name: 'anthropic cost report',
  about: 'Anthropic Admin API, cost_report grouped by description (JSON). Accounts are workspaces.',
  headers: ['starting_at', 'results.amount', 'results.currency'],
  columns: {
    day: 'day (computed)',
    account: 'results.workspace_id',
    model: 'results.model',
    cost: 'cost (computed)',
    currency: 'results.currency',
  },
  derived: { 'day (computed)': (cells) => dayOf(cells['starting_at']), 'cost (computed)': (cells) => cents(cells, 'results.amount') },
  formats: FORMATS,
  settings: { ...ANTHROPIC, 'default system': 'Claude API' },
};
