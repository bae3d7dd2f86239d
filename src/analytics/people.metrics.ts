import type { Metric } from './declare';

const PEOPLE = { permissions: ['people.read'], unit: 'people', usual: 'today' } as const;
const MOVING = { ...PEOPLE, usual: 'this_year' } as const;

/** Who is here, who came, who left, and who manages whom. */
export const PEOPLE_METRICS: readonly Metric[] = [
  { ...PEOPLE, name: 'headcount', definition: 'Employees on the last day of the period.', measures: ['headcount'], additive: true },
  {
    ...{ ...PEOPLE, unit: 'fte', name: 'fte', measures: ['fte'], additive: true },
    definition: 'Contracted full-time equivalents of employees on the last day of the period.',
  },
  { ...MOVING, name: 'joiners', definition: 'Employees whose first day is in the period.', measures: ['joiners'], additive: true },
  { ...MOVING, name: 'leavers', definition: 'Employees whose last day is in the period.', measures: ['leavers'], additive: true },
  {
    ...{ ...PEOPLE, usual: 'last_12_months', unit: 'fraction', name: 'attrition_rate', additive: false },
    definition: 'Leavers divided by the mean of the headcounts on the first and the last day of the period; not annualised.',
    measures: ['leavers', 'opening_headcount', 'headcount'],
    value: 'leavers * 2 / nullif(opening_headcount + headcount, 0)',
  },
  {
    ...{ name: 'contractor_headcount', unit: 'people', usual: 'today', measures: ['contractors'], additive: true },
    definition: 'Contractors under contract on the last day of the period.',
    permissions: ['contractors.read'],
  },
  {
    ...{ name: 'vacancy_count', unit: 'positions', usual: 'today', measures: ['vacancies'], additive: true },
    definition: 'Open vacancies that nobody fills on the last day of the period, whenever they are to start; by their status of today.',
    permissions: ['vacancies.read'],
  },
  {
    ...{ name: 'open_fte', unit: 'fte', usual: 'today', measures: ['open_fte'], additive: true },
    definition: 'FTE of these vacancies.',
    permissions: ['vacancies.read'],
  },
  {
    ...{ ...PEOPLE, unit: 'people per manager', name: 'span_of_control_avg', additive: false },
    definition: 'Direct reports per manager on the last day of the period; grouped by what the managers are.',
    measures: ['people_managed', 'managers'],
    value: 'people_managed / nullif(managers, 0)',
  },
  {
    ...{ ...PEOPLE, name: 'span_of_control_max', measures: ['most_managed'], additive: false },
    definition: 'Most direct reports of one manager on the last day of the period.',
  },
  {
    ...{ ...PEOPLE, unit: 'levels', name: 'layers_max', measures: ['levels'], additive: false },
    definition: 'Longest reporting line from the top down to somebody of the group, both counted, on the last day of the period.',
  },
  {
    ...{ ...PEOPLE, unit: 'fraction', name: 'manager_ratio', additive: false },
    definition: 'Employees with direct reports divided by all employees, on the last day of the period.',
    measures: ['managers', 'managed_and_managers'],
    value: 'managers / nullif(managed_and_managers, 0)',
  },
];
