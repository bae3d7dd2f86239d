import { currencyOf, FTE_UNIT } from '../../settings';
import { amount, COUNTRY_OF_LOCATION, currency, currencyFault, fte, fteFault, JOB_ROLE, LOCATION, person, PLACE_SETTINGS } from '../fields';
import type { RecordEntity } from '../record';

const SALARY = ['salary min', 'salary max'] as const;

export const VACANCIES: RecordEntity = {
  name: 'vacancies',
  noun: 'vacancy',
  table: 'vacancy',
  prefix: 'vac',
  identity: { kind: 'vacancy', number: 'vacancy number', name: 'role', adopts: false },
  settings: [currencyOf(...SALARY), FTE_UNIT, ...PLACE_SETTINGS],
  example: `Requisition ID;Role;Status;FTE;Target start date;Job title;Location;Salary min;Salary max;Currency;Hiring manager
R-201;Platform Engineer;Open;100%;2026-10-15;Engineer;Berlin;70000;85000;EUR;ada@example.com
R-202;Data Engineer;On hold;80%;2027-01-31;Engineer;Berlin;70000;85000;EUR;`,
  fields: [
    {
      name: 'vacancy number',
      kind: 'text',
      required: true,
      max: 100,
      about: 'By which a vacancy is found again, such as the number of the requisition.',
      headers: [
        'vacancy number',
        'vacancy id',
        'requisition id',
        'requisition number',
        'req id',
        'job id',
        'opening id',
        'position id',
        'external id',
        'id',
      ],
    },
    {
      name: 'role',
      kind: 'text',
      required: true,
      about: 'What is sought.',
      headers: ['role', 'vacancy', 'vacancy title', 'requisition title', 'requisition', 'job name', 'opening', 'name', 'title', 'Stelle'],
      column: 'role',
    },
    {
      name: 'description',
      kind: 'text',
      max: 5_000,
      about: 'What it is about.',
      headers: ['description', 'notes', 'Beschreibung'],
      column: 'description',
    },
    {
      name: 'status',
      kind: 'choice',
      about: 'Where the search stands; filled needs whom it was filled by.',
      headers: ['status', 'vacancy status', 'requisition status', 'state'],
      choices: {
        open: ['open', 'approved', 'active', 'recruiting', 'interviewing', 'offen'],
        on_hold: ['on hold', 'paused', 'draft', 'pending', 'pausiert'],
        filled: ['filled', 'hired', 'besetzt'],
        cancelled: ['cancelled', 'canceled', 'withdrawn', 'abgebrochen'],
      },
      column: 'status',
      value: (text) => text ?? 'open',
    },
    fte('Share of full time that is sought.', '1'),
    {
      name: 'target start',
      kind: 'date',
      required: true,
      about: 'Day on which somebody should start.',
      headers: ['target start date', 'target start', 'planned start date', 'expected start date', 'start date', 'needed by', 'Startdatum'],
      column: 'target_start_date',
    },
    { ...JOB_ROLE, headers: JOB_ROLE.headers.filter((header) => header !== 'title') },
    {
      name: 'work type',
      kind: 'text',
      about: 'Kind of employment, such as permanent; created where it is new.',
      headers: ['employment type', 'work type', 'contract type', 'Vertragsart'],
      names: ['work_type'],
      creates: true,
      column: 'work_type_id',
    },
    LOCATION,
    COUNTRY_OF_LOCATION,
    amount({
      name: 'salary min',
      about: 'Least pay of a year at full time; blank = as the highest.',
      headers: ['salary min', 'minimum salary', 'min salary', 'salary from', 'salary', 'budgeted salary', 'Gehalt von'],
      column: 'salary_min',
      value: (text, _mapping, values) => text ?? values['salary max'],
      written: (mapped) => mapped.has('salary max'),
    }),
    amount({
      name: 'salary max',
      about: 'Highest pay of a year at full time; blank = as the least.',
      headers: ['salary max', 'maximum salary', 'max salary', 'salary to', 'Gehalt bis'],
      column: 'salary_max',
      value: (text, _mapping, values) => text ?? values['salary min'],
      written: (mapped) => mapped.has('salary min'),
    }),
    currency(...SALARY),
    person({
      name: 'hiring manager',
      about: 'Employee who hires.',
      headers: ['hiring manager email', 'hiring manager', 'manager', 'requester', 'einstellende Führungskraft'],
      column: 'hiring_manager_id',
    }),
    {
      name: 'filled by',
      kind: 'text',
      about: 'Employee or contractor who came.',
      headers: ['filled by', 'hired employee', 'hire', 'hired person', 'candidate hired', 'besetzt mit'],
      names: ['employee', 'contractor'],
      column: { employee: 'filled_by_employee_id', contractor: 'filled_by_contractor_id' },
    },
  ],
  wrong: (values, mapping) => {
    const [min, max] = SALARY.map((name) => values[name]);
    if (min !== undefined && max !== undefined && Number(max) < Number(min)) return 'salary max is less than salary min';
    if ((values['status'] === 'filled') !== 'filled by' in values) return 'status filled and filled by belong together';
    return fteFault(values, mapping, 2) ?? currencyFault(values, mapping, ...SALARY);
  },
};
