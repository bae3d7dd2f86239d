import { addDays, monthStart } from './days';
import type { Dice } from './dice';
import type { OrganizationData } from './organization-data';
import type { LiveTable, Row } from './rows';

export interface DemoScenario {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly description: string;
  /** Whose it is, by the part of the address before the @. */
  readonly owner: string;
  readonly submitted: boolean;
  readonly comment?: { readonly by: string; readonly body: string };
  /** In their order, as plan_change takes them. */
  readonly changes: readonly Row[];
}

/** A draft of the finance user, and one of the manager that waits for somebody's decision. */
export function demoScenarios(data: OrganizationData, today: string, dice: Dice): readonly DemoScenario[] {
  return [savings(data, today, dice), expansion(data, today, dice)];
}

function savings(data: OrganizationData, today: string, dice: Dice): DemoScenario {
  const next = monthStart(today, 2);
  const changes = new Changes(dice);
  const vacancies = data.rows.tables.vacancy.filter(({ status }) => status === 'open');
  for (const { id } of vacancies.slice(0, 2)) changes.update('vacancy', id, { status: 'on_hold' }, 'No hiring in this area until spring.');
  const [agent] = data.rows.tables.ai_agent.filter(({ seats }) => Number(seats) > 0);
  changes.update('ai_agent', agent?.['id'], { seats: Number(agent?.['seats']) + 40 }, 'Assistants for everybody in Customer Care.');
  const leaving = data.rows.tables.contractor.find(({ start_date: start, end_date: end }) => String(start) < today && end === null);
  changes.update('contractor', leaving?.['id'], { end_date: addDays(next, -1) }, 'Taken over by the own team.');
  const [, project] = data.rows.tables.project.filter(({ status }) => status === 'active');
  changes.update('project', project?.['id'], { status: 'on_hold' }, 'Pause until the replacement is decided.');
  const budget = data.rows.tables.budget.filter(({ scope }) => scope === 'team').at(-1);
  changes.update('budget', budget?.['id'], { amount: Math.round(Number(budget?.['amount']) * 0.92) }, 'Eight per cent less.');
  const [, one, other] = data.people.slice(40);
  changes.partTime(data, one?.id, next, 0.8, 'Asked for a four-day week.');
  changes.raise(data, other?.id, next, 1.06, 'Takes on the work of two vacancies.');
  const team = changes.create(
    'team',
    { name: 'Automation', team_type: 'team', parent_team_id: teamOf(data, 'customer-care') },
    'Owns the assistants.',
  );
  const allocation = data.rows.tables.allocation.find(
    (row) => row['employee_id'] === other?.id && row['is_primary'] && row['end_date'] === null,
  );
  changes.update('allocation', allocation?.['id'], { target_team_id: team }, 'First member of the new team.');
  return {
    ...{ id: dice.id('plan'), title: 'Leaner Customer Care', type: 'cost_reduction', owner: 'finance', submitted: false },
    description: 'Fewer hires and one contractor less; more assistants, and a team that owns them.',
    changes: changes.list,
  };
}

function expansion(data: OrganizationData, today: string, dice: Dice): DemoScenario {
  const changes = new Changes(dice);
  const [role] = data.rows.tables.job_role.filter(({ title }) => title === 'Senior Software Engineer');
  const [place] = data.rows.tables.geography.filter(({ name }) => name === 'Lisbon');
  const team = teamOf(data, 'core-platform');
  for (const [month, reason] of [
    [3, 'On-call needs a fifth person.'],
    [5, 'Second shift for the migration.'],
  ] as const) {
    const vacancy = changes.create(
      'vacancy',
      {
        ...{
          role: 'Senior Software Engineer',
          status: 'open',
          fte: 1,
          target_start_date: monthStart(today, month),
          job_role_id: role?.['id'],
        },
        ...{ geography_id: place?.['id'], salary_min: 56_000, salary_max: 68_000, currency: 'EUR' },
      },
      reason,
    );
    changes.create(
      'allocation',
      { vacancy_id: vacancy, target_team_id: team, fte: 1, start_date: monthStart(today, month), is_primary: true },
      reason,
    );
  }
  const [project] = data.rows.tables.project.filter(({ status, end_date: end }) => status === 'active' && end !== null);
  changes.update(
    'project',
    project?.['id'],
    { end_date: addDays(String(project?.['end_date']), 60) },
    'Two months more, with two people more.',
  );
  return {
    ...{ id: dice.id('plan'), title: 'Two engineers for Core Platform', type: 'hiring', owner: 'manager', submitted: true },
    description: 'Two hires in Lisbon, so that the migration does not wait for on-call.',
    comment: { by: 'finance', body: 'The second one could start a quarter later: the budget of the team is tight until then.' },
    changes: changes.list,
  };
}

function teamOf(data: OrganizationData, externalId: string): unknown {
  return data.rows.tables.team.find((team) => team['external_id'] === externalId)?.['id'];
}

const PREFIXES = { team: 'team', vacancy: 'vac', allocation: 'alc', salary_adjustment: 'sal', employment_terms: 'trm' } as const;

class Changes {
  readonly list: Row[] = [];

  constructor(private readonly dice: Dice) {}

  create(entity: keyof typeof PREFIXES, patch: Row, reason: string): string {
    const id = this.dice.id(PREFIXES[entity]);
    this.add('create', entity, id, patch, reason);
    return id;
  }

  update(entity: LiveTable, id: unknown, patch: Row, reason: string): void {
    this.add('update', entity, id as string, patch, reason);
  }

  /** Other terms from a day on; the ones until then are kept. */
  partTime({ rows }: OrganizationData, employee: unknown, day: string, fte: number, reason: string): void {
    const terms = rows.tables.employment_terms.find((row) => row['employee_id'] === employee && row['effective_to'] === null) ?? {};
    const { id, org_id: _, ...kept } = terms;
    this.update('employment_terms', id, { effective_to: addDays(day, -1) }, reason);
    this.create('employment_terms', { ...kept, effective_from: day, contracted_fte: fte }, reason);
  }

  raise({ rows }: OrganizationData, employee: unknown, day: string, factor: number, reason: string): void {
    const pay = rows.tables.salary_adjustment.filter((row) => row['employee_id'] === employee).at(-1) ?? {};
    const salary = Math.round(Number(pay['annual_salary']) * factor);
    this.create(
      'salary_adjustment',
      { employee_id: employee, effective_date: day, annual_salary: salary, annual_bonus: pay['annual_bonus'], currency: pay['currency'] },
      reason,
    );
  }

  private add(op: string, entity: string, entityId: string, patch: Row, reason: string): void {
    this.list.push({ id: this.dice.id('chg'), op, entity, entity_id: entityId, patch, reason });
  }
}
