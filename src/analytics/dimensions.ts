import type { Dimension } from './declare';

const PROJECT_STATUSES = ['planning', 'active', 'completed', 'on_hold', 'cancelled'];
const STAGES = ['proposed', 'approved', 'in_progress', 'blocked', 'completed', 'rejected', 'cancelled'];

/** Everything that figures can be split and filtered by, besides the period. */
export const DIMENSIONS = {
  team: {
    definition: 'The team itself, teams below not included; filter with under for a subtree. Of people: their primary team.',
    permissions: ['teams.read'],
    ids: { kind: 'team', table: 'team', name: 'x.name' },
  },
  parent_team: {
    definition: 'The team directly above the team; a team at the top stands for itself.',
    permissions: ['teams.read'],
    ids: { kind: 'team', table: 'team', name: 'x.name' },
  },
  employee: {
    definition: 'One person.',
    permissions: ['people.read'],
    ids: { kind: 'emp', table: 'employee', name: `x.first_name || ' ' || x.last_name` },
  },
  manager: {
    definition: 'The direct manager; of vacancies the hiring manager.',
    permissions: ['people.read'],
    ids: { kind: 'emp', table: 'employee', name: `x.first_name || ' ' || x.last_name` },
  },
  job_role: { definition: 'Job title.', permissions: [], ids: { kind: 'role', table: 'job_role', name: 'x.title' } },
  work_type: { definition: 'Employment class.', permissions: [], ids: { kind: 'wt', table: 'work_type', name: 'x.name' } },
  geography: { definition: 'Place of work.', permissions: [], ids: { kind: 'geo', table: 'geography', name: 'x.name' } },
  country: { definition: 'ISO 3166 code of the place of work.', permissions: [] },
  cost_centre: {
    definition: 'Of people: their own, else that of their primary team.',
    permissions: [],
    ids: { kind: 'cc', table: 'cost_centre', name: `x.code || ' ' || x.name` },
  },
  project: { definition: 'Project.', permissions: ['projects.read'], ids: { kind: 'prj', table: 'project', name: 'x.name' } },
  project_status: { definition: 'Status of the project.', permissions: ['projects.read'], values: PROJECT_STATUSES },
  lifecycle_stage: { definition: 'Stage of the project.', permissions: ['projects.read'], values: STAGES },
  value_stream: {
    definition: 'Value stream of the project.',
    permissions: ['projects.read'],
    ids: { kind: 'vs', table: 'value_stream', name: 'x.name' },
  },
} as const satisfies Readonly<Record<string, Dimension>>;

export type DimensionName = keyof typeof DIMENSIONS;

export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as DimensionName[];
