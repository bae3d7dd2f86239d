import type { Permission } from '../permissions';
import type { ReferenceKind } from '../workforce';

/** What figures can be split and filtered by. */
export interface Dimension {
  readonly definition: string;
  /** Needed besides the metric's own. */
  readonly permissions: readonly Permission[];
  readonly ids?: Ids;
  /** Its values, where they are a closed list. */
  readonly values?: readonly string[];
  /** Where its values are, as SQL over `x`, where they are words or codes of the organization. */
  readonly words?: { readonly table: string; readonly word: string };
}

/** Kind of the ids that are a dimension's values, and the table and SQL of their names over `x`. */
export interface Ids {
  readonly kind: ReferenceKind;
  readonly table: string;
  readonly name: string;
}

const TEAM = { kind: 'team', table: 'team', name: 'x.name' } as const;
const PERSON = { kind: 'emp', table: 'employee', name: `x.first_name || ' ' || x.last_name` } as const;
const PROJECT = ['projects.read'] as const;

/** Everything that figures can be split and filtered by, besides the period. */
export const DIMENSIONS = {
  team: {
    definition: 'The team itself without those below it; filter with under for a subtree. Of people their primary team.',
    permissions: ['teams.read'],
    ids: TEAM,
  },
  parent_team: {
    definition: 'The team directly above; a team at the top stands for itself.',
    permissions: ['teams.read'],
    ids: TEAM,
  },
  project: {
    definition: 'Project.',
    permissions: PROJECT,
    ids: { kind: 'prj', table: 'project', name: 'x.name' },
  },
  employee: { definition: 'One employee.', permissions: ['people.read'], ids: PERSON },
  contractor: {
    definition: 'One contractor.',
    permissions: ['contractors.read'],
    ids: { kind: 'con', table: 'contractor', name: 'x.name' },
  },
  job_role: {
    definition: 'Job title.',
    permissions: [],
    ids: { kind: 'role', table: 'job_role', name: 'x.title' },
  },
  work_type: {
    definition: 'Employment class.',
    permissions: [],
    ids: { kind: 'wt', table: 'work_type', name: 'x.name' },
  },
  work_category: { definition: 'What effort was for.', permissions: [], values: ['project', 'non_project', 'unlinked'] },
  geography: {
    definition: 'Place of work.',
    permissions: [],
    ids: { kind: 'geo', table: 'geography', name: 'x.name' },
  },
  country: {
    definition: 'ISO 3166 code of the place of work.',
    permissions: [],
    words: { table: 'geography', word: 'x.country_code' },
  },
  cost_centre: {
    definition: 'Their own, else that of their team.',
    permissions: [],
    ids: { kind: 'cc', table: 'cost_centre', name: `x.code || ' ' || x.name` },
  },
  value_stream: {
    definition: 'Of the project.',
    permissions: PROJECT,
    ids: { kind: 'vs', table: 'value_stream', name: 'x.name' },
  },
  lifecycle_stage: {
    definition: 'Of the project.',
    permissions: PROJECT,
    values: ['proposed', 'approved', 'in_progress', 'blocked', 'completed', 'rejected', 'cancelled'],
  },
  project_status: {
    definition: 'Of the project.',
    permissions: PROJECT,
    values: ['planning', 'active', 'completed', 'on_hold', 'cancelled'],
  },
  capex_class: { definition: 'Of the project.', permissions: PROJECT, values: ['capex', 'opex', 'none'] },
  resource_type: {
    definition: 'Who or what; team: a team that is allocated as a whole.',
    permissions: [],
    values: ['employee', 'contractor', 'vacancy', 'ai_agent', 'team'],
  },
  manager: {
    definition: 'Direct manager; of vacancies the hiring manager.',
    permissions: ['people.read'],
    ids: PERSON,
  },
  ai_system: { definition: 'AI product, such as Cursor.', permissions: [], words: { table: 'ai_usage_day', word: 'x.system' } },
  ai_model: { definition: 'AI model.', permissions: [], words: { table: 'ai_usage_day', word: `nullif(x.model, '')` } },
} as const satisfies Readonly<Record<string, Dimension>>;

export type DimensionName = keyof typeof DIMENSIONS;

export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as DimensionName[];
