import type { Metric } from './declare';

const PLANNED = { unit: 'fte', usual: 'this_month', permissions: ['allocations.read'] } as const;
const ACTUAL = { usual: 'last_3_months_to_date', permissions: ['effort.read'] } as const;

/** What people are planned on, and what they did. */
export const WORK_METRICS: readonly Metric[] = [
  {
    ...{ ...PLANNED, name: 'allocated_fte', additive: true },
    definition:
      'FTE planned on projects, mean of the days of the period: people while they are here, vacancies while nobody fills them, teams as a whole.',
    measures: ['allocated_days'],
    value: 'allocated_days / days',
  },
  {
    ...{ ...PLANNED, name: 'capacity_fte', additive: true },
    definition: 'Contracted FTE of employees, and one per contractor, mean of the days of the period.',
    measures: ['capacity_days'],
    value: 'capacity_days / days',
    permissions: ['people.read', 'contractors.read'],
  },
  {
    ...{ ...PLANNED, unit: 'fraction', name: 'utilisation', additive: false },
    definition: 'Allocated FTE without vacancies, divided by capacity FTE.',
    measures: ['staffed_days', 'capacity_days'],
    value: 'staffed_days / nullif(capacity_days, 0)',
    except: ['resource_type'],
    permissions: ['allocations.read', 'people.read', 'contractors.read'],
  },
  {
    ...{ ...PLANNED, unit: 'people', name: 'over_allocated_people', measures: ['overloaded'], additive: true },
    definition: 'People whose allocations to projects, or those to teams, are above their contracted FTE on a day of the period.',
    permissions: ['allocations.read', 'people.read', 'contractors.read'],
  },
  {
    ...{ ...ACTUAL, unit: 'fte', name: 'effort_fte', additive: true, liveOnly: true },
    definition: 'FTE that people and AI agents worked, mean of the finished weeks that begin in the period.',
    measures: ['worked_weeks'],
    value: 'worked_weeks / nullif(weeks, 0)',
  },
  {
    ...{ ...ACTUAL, unit: 'fraction', name: 'effort_coverage', additive: false, liveOnly: true },
    definition: 'Weeks handed in divided by those that people had to hand in.',
    measures: ['weeks_handed_in', 'expected_weeks'],
    value: 'weeks_handed_in / nullif(expected_weeks, 0)',
  },
  {
    ...{ ...ACTUAL, unit: 'fte', name: 'plan_vs_actual_fte', additive: true },
    definition: 'FTE planned on projects (without vacancies) less the FTE that people worked on them.',
    measures: ['staffed_days', 'project_weeks'],
    value: 'staffed_days / days - project_weeks / nullif(weeks, 0)',
    permissions: ['allocations.read', 'effort.read'],
  },
];
