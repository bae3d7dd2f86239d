import { newId } from '../../src/database';
import type { TestOrganization } from '../workforce/organization';
import { type Allocation, FIRST, type Generated } from './generated';

/** The rows of a generated organization, as the web side would write them. */
export async function insertGenerated(org: TestOrganization, rows: Generated): Promise<void> {
  const open = (day: string): string | null => (day === 'infinity' ? null : day);
  await org.insert('fx_rate', [
    { id: newId('fx'), from_currency: 'USD', to_currency: 'EUR', rate: '0.9', effective_from: '2020-01-01' },
    { id: newId('fx'), from_currency: 'USD', to_currency: 'EUR', rate: '0.8', effective_from: '2026-03-01' },
  ]);
  await org.insert(
    'geography',
    rows.places.map((id, index) => ({
      id,
      name: `Place ${index}`,
      country_code: ['DE', 'PL'][index],
      time_zone: 'UTC',
      currency: 'EUR',
    })),
  );
  await org.insert(
    'job_role',
    rows.roles.map((id, index) => ({ id, title: `Role ${index}` })),
  );
  await org.insert(
    'cost_centre',
    rows.centres.map((id, index) => ({ id, code: `C${index}`, name: `Centre ${index}` })),
  );
  await org.insert(
    'value_stream',
    rows.streams.map((id, index) => ({ id, name: `Stream ${index}` })),
  );
  for (const [index, { id, parent, cost_centre }] of rows.teams.entries())
    await org.insert('team', [{ id, name: `Team ${index}`, parent_team_id: parent, cost_centre_id: cost_centre }]);
  await org.insert(
    'project',
    rows.projects.map(({ id, status, value_stream, capex_class }, index) => ({
      id,
      name: `Project ${index}`,
      status,
      value_stream_id: value_stream,
      capex_class,
    })),
  );
  await org.insertTogether({
    employee: rows.people.map(({ id, start, end }, index) => ({
      id,
      first_name: `P${index}`,
      last_name: 'Test',
      start_date: start,
      end_date: open(end),
    })),
    employment_terms: rows.people.flatMap(({ id, terms }) =>
      terms.map((one) => ({
        ...{
          id: newId('trm'),
          employee_id: id,
          effective_from: one.from,
          effective_to: open(one.to),
          manager_id: one.manager,
          job_role_id: one.job_role,
        },
        ...{ work_type_id: org.workType, geography_id: one.geography, cost_centre_id: one.cost_centre, contracted_fte: one.fte },
      })),
    ),
  });
  await org.insert(
    'contractor',
    rows.contractors.map(({ id, start, end, manager, geography }, index) => ({
      id,
      name: `C${index}`,
      manager_id: manager,
      geography_id: geography,
      start_date: start,
      end_date: open(end),
    })),
  );
  await org.insert(
    'rate_adjustment',
    rows.contractors.map(({ id, rate }) => ({
      id: newId('rat'),
      contractor_id: id,
      effective_date: '2020-01-01',
      rate_type: rate.type,
      rate: rate.amount,
      currency: rate.currency,
    })),
  );
  await org.insert(
    'vacancy',
    rows.vacancies.map(({ id, status, fte, filler, geography }) => ({
      id,
      role: 'Wanted',
      status,
      fte,
      target_start_date: FIRST,
      filled_by_employee_id: filler,
      geography_id: geography,
    })),
  );
  await org.insert(
    'allocation',
    rows.allocations.map((one) => allocationRow(one, open)),
  );
  await insertActuals(org, rows);
  await org.insert(
    'budget',
    rows.budgets.map(({ scope, target, amount, period, currency, from }) => {
      const of = (name: string): string | null => (scope === name ? target : null);
      return {
        id: newId('bud'),
        scope,
        team_id: of('team'),
        cost_centre_id: of('cost_centre'),
        project_id: of('project'),
        amount,
        period,
        currency,
        effective_date: from,
      };
    }),
  );
}

async function insertActuals(org: TestOrganization, rows: Generated): Promise<void> {
  const lines = new Map<string, number>();
  await org.insert(
    'effort_line',
    rows.effort.map(({ subject, week, category, project, fraction }) => {
      const line = (lines.get(subject + week) ?? 0) + 1;
      lines.set(subject + week, line);
      return {
        ...subjectColumns(subject, ['emp', 'con']),
        week_start: week,
        line,
        category,
        project_id: project,
        fraction,
        source: 'test',
      };
    }),
  );
  const accounts = new Map([...new Set(rows.usage.map(({ person }) => person))].map((person) => [person, newId('acc')]));
  await org.insert(
    'ai_account',
    [...accounts].map(([person, id]) => ({ id, provider: 'P', account: id, employee_id: person })),
  );
  await org.insert(
    'ai_usage_day',
    rows.usage.map(({ person, day, system, tokens, cost, currency }) => ({
      ...{
        account_id: accounts.get(person),
        day,
        system,
        model: '',
        input_tokens: tokens,
        output_tokens: 1,
        cached_tokens: 0,
        sessions: 1,
        cost,
        currency,
      },
    })),
  );
}

const COLUMNS: Readonly<Record<string, string>> = { emp: 'employee_id', con: 'contractor_id', vac: 'vacancy_id', team: 'team_id' };

function subjectColumns(subject: string, kinds: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(kinds.map((kind) => [COLUMNS[kind], subject.startsWith(`${kind}_`) ? subject : null]));
}

function allocationRow({ subject, team, project, fte, start, end, primary }: Allocation, open: (day: string) => string | null) {
  return {
    ...{ id: newId('alc'), ...subjectColumns(subject, ['emp', 'con', 'vac', 'team']), target_team_id: team, target_project_id: project },
    ...{ fte, start_date: start, end_date: open(end), is_primary: primary },
  };
}
