import type { Metric } from './declare';

/** Who is here, who came, who left. */
export const PEOPLE_METRICS: readonly Metric[] = [
  {
    name: 'headcount',
    unit: 'people',
    definition: 'Employees on the last day of the period.',
    permissions: ['people.read'],
    measures: ['headcount'],
    additive: true,
    usual: 'today',
  },
  {
    name: 'fte',
    unit: 'fte',
    definition: 'Contracted full-time equivalents of the employees on the last day of the period.',
    permissions: ['people.read'],
    measures: ['fte'],
    additive: true,
    usual: 'today',
  },
  {
    name: 'joiners',
    unit: 'people',
    definition: 'Employees whose first day is in the period.',
    permissions: ['people.read'],
    measures: ['joiners'],
    additive: true,
    usual: 'this_year',
  },
  {
    name: 'leavers',
    unit: 'people',
    definition: 'Employees whose last day is in the period.',
    permissions: ['people.read'],
    measures: ['leavers'],
    additive: true,
    usual: 'this_year',
  },
  {
    name: 'attrition_rate',
    unit: 'fraction',
    definition: 'Leavers divided by the mean of the headcounts on the first and the last day of the period; not annualised.',
    permissions: ['people.read'],
    measures: ['leavers', 'opening_headcount', 'headcount'],
    value: 'leavers * 2 / nullif(opening_headcount + headcount, 0)',
    additive: false,
    except: ['employee'],
    usual: 'last_12_months',
  },
];
