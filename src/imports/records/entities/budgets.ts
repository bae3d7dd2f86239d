import { currencyOf } from '../../settings';
import { amount, COST_CENTRE, currency, currencyFault, VALUE_STREAM } from '../fields';
import type { RecordEntity } from '../record';
import type { Values } from '../../entity';

const SCOPES = { team: 'team', 'cost centre': 'cost_centre', project: 'project', 'value stream': 'value_stream' } as const;

const scopesOf = (values: Values): string[] => Object.entries(SCOPES).flatMap(([field, scope]) => (field in values ? [scope] : []));

export const BUDGETS: RecordEntity = {
  name: 'budgets',
  noun: 'budget',
  table: 'budget',
  prefix: 'bud',
  identity: { same: ['scope', 'effective_date'], sameOrNone: ['team_id', 'cost_centre_id', 'project_id', 'value_stream_id'] },
  settings: [currencyOf('amount')],
  example: `Team;Project;Amount;Period;Currency;Valid from
;;4000000.00;Year;EUR;2026-01-31
PLT;;90000.00;Month;EUR;2026-01-31
;APO;1300000.00;Year;EUR;2026-01-31`,
  fields: [
    {
      name: 'team',
      kind: 'text',
      about:
        'Team that it is of. A row has at most one of team, cost centre, project and value stream; with none it is of the organization.',
      headers: ['team id', 'team', 'department', 'Abteilung'],
      names: ['team'],
      column: 'team_id',
    },
    { ...COST_CENTRE, about: 'Cost centre that it is of; created where it is new.' },
    {
      name: 'project',
      kind: 'text',
      about: 'Project that it is of.',
      headers: ['project id', 'project key', 'project', 'project name', 'Projekt'],
      names: ['project'],
      column: 'project_id',
    },
    { ...VALUE_STREAM, about: 'Value stream that it is of; created where it is new.' },
    {
      name: 'scope',
      kind: 'choice',
      about: 'What it is of, where the file says so besides.',
      headers: ['scope', 'budget scope', 'level'],
      choices: {
        org: ['org', 'company', 'total'],
        team: ['team', 'department'],
        cost_centre: ['cost centre', 'cost center'],
        project: ['project'],
        value_stream: ['value stream', 'portfolio'],
      },
      column: 'scope',
      value: (_text, _mapping, values) => scopesOf(values)[0] ?? 'org',
      written: () => true,
    },
    {
      ...amount({
        name: 'amount',
        about: 'What may be spent per period.',
        headers: ['amount', 'budget', 'budget amount', 'planned amount', 'Betrag', 'montant'],
      }),
      required: true,
      column: 'amount',
    },
    {
      name: 'period',
      kind: 'choice',
      about: 'What the amount is for; the fiscal year where the file does not say.',
      headers: ['period', 'budget period', 'per', 'frequency', 'Zeitraum'],
      choices: {
        month: ['month', 'per month', 'monat', 'mois'],
        quarter: ['quarter', 'per quarter', 'quartal', 'trimestre'],
        fiscal_year: ['fiscal year', 'year', 'annual', 'per year', 'yearly', 'jahr', 'année', 'fy'],
      },
      column: 'period',
      value: (text) => text ?? 'fiscal_year',
    },
    currency('amount'),
    {
      name: 'effective date',
      kind: 'date',
      required: true,
      about: 'First day on which it is in force; the newest one of a scope counts.',
      headers: ['effective date', 'effective from', 'valid from', 'start date', 'from', 'date', 'gültig ab'],
      column: 'effective_date',
    },
  ],
  wrong: (values, mapping) => {
    const scopes = scopesOf(values);
    if (scopes.length > 1) return 'it has more than one of team, cost centre, project and value stream';
    if ('scope' in values && values['scope'] !== (scopes[0] ?? 'org')) return 'scope is something else than what is filled in';
    return currencyFault(values, mapping, 'amount');
  },
};
