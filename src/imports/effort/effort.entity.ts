import type { Entity, Setting } from '../entity';
import { JIRA_ISSUES } from '../exports/jira';
import { LINEAR_ISSUES } from '../exports/linear';
import type { NamedKind } from '../references/named-kinds';
import { oneOf } from '../settings';

export const WORKERS: readonly NamedKind[] = ['employee', 'contractor', 'ai_agent'];

const UNIT = oneOf('seconds', 'minutes', 'hours', 'days', 'fraction', 'percent', 'share of the day');
const REST = oneOf('non-project', 'unlinked', 'none');
const SOURCE = oneOf('jira', 'linear', 'ado', 'asana', 'other');

function unitOf(header: string): string | undefined {
  const words: [RegExp, string][] = [
    [/second|sec\b/i, 'seconds'],
    [/minute|min\b/i, 'minutes'],
    [/hour|hrs|stunde|\(h\)/i, 'hours'],
    [/percent|%/i, 'percent'],
    [/fraction/i, 'fraction'],
    [/day|tage/i, 'days'],
  ];
  return words.find(([word]) => word.test(header))?.[1];
}

const SETTINGS: readonly Setting[] = [
  {
    name: 'amount unit',
    about: `What the amounts are: ${UNIT.words}. Fractions and per cents are of the week; shares of one day make up that day.`,
    needed: () => true,
    propose: ({ columns }) => unitOf(columns['amount'] ?? ''),
    valid: UNIT.valid,
  },
  {
    name: 'rest',
    about: `What the part of a week is that the file does not account for: ${REST.words} (what is there makes up the whole week).`,
    needed: () => true,
    propose: () => undefined,
    valid: REST.valid,
  },
  {
    name: 'hours per day',
    about: "Of a full-time day; the organization's are proposed.",
    needed: () => true,
    propose: ({ organization }) => organization.hoursPerDay,
    valid: (text) => /^\d{1,2}(\.\d+)?$/.test(text) && Number(text) > 0 && Number(text) <= 24,
  },
  {
    name: 'default source',
    about: `Where the work items are from, where the file does not say: ${SOURCE.words}.`,
    needed: (mapped) => !mapped.has('source'),
    propose: () => 'other',
    valid: SOURCE.valid,
  },
];

/** What people worked on: everything but how it is written. */
export const EFFORT: Omit<Entity, 'apply'> = {
  name: 'effort',
  noun: 'week of effort',
  replaces: 'weeks',
  exports: [JIRA_ISSUES, LINEAR_ISSUES],
  example: `Employee;Date;Project;Issue;Issue title;Hours
ada@example.com;2026-09-14;APO;APO-12;Login page;12
ada@example.com;2026-09-17;APO;APO-15;Search;20
C-17;2026-09-14;;OPS-3;Old server;8`,
  settings: SETTINGS,
  fields: [
    {
      name: 'who',
      kind: 'text',
      required: true,
      about: 'Who did it, by number, e-mail address, name or id.',
      headers: [
        'who',
        'employee email',
        'email',
        'employee number',
        'employee id',
        'employee',
        'person',
        'user',
        'author',
        'worker',
        'name',
      ],
      names: WORKERS,
    },
    {
      name: 'date',
      kind: 'date',
      required: true,
      about: 'The day, or any day of the week.',
      headers: ['date', 'day', 'week', 'week start', 'week starting', 'work date', 'started', 'Datum', 'Woche'],
    },
    {
      name: 'amount',
      kind: 'number',
      required: true,
      about: 'How much.',
      headers: [
        ...[
          'hours',
          'time spent (h)',
          'time spent (hours)',
          'logged hours',
          'duration (hours)',
          'time spent (seconds)',
          'seconds',
          'minutes',
        ],
        ...['days', 'fraction', 'percent', 'share', 'amount', 'time spent', 'effort', 'Stunden', 'heures'],
      ],
      fault: (value) => (/^\d{1,9}(\.\d+)?$/.test(value) ? undefined : 'is below zero or too large'),
    },
    {
      name: 'project',
      kind: 'text',
      about: 'Project, by number, name or id; one that is not there counts as unlinked.',
      headers: ['project id', 'project key', 'project code', 'project', 'project name', 'Projekt'],
    },
    {
      name: 'project name',
      kind: 'text',
      about: 'Where the project is not found, what it is tried by.',
      headers: ['project name', 'project title'],
    },
    {
      name: 'category',
      kind: 'choice',
      about: 'Of rows without a project; unlinked where the file does not say.',
      headers: ['category', 'type', 'work category'],
      choices: {
        project: ['project', 'billable'],
        non_project: ['non project', 'overhead', 'meeting', 'internal', 'absence', 'admin', 'training', 'holiday', 'vacation'],
        unlinked: ['unlinked', 'unassigned', 'other', 'support'],
      },
    },
    {
      name: 'work item',
      kind: 'text',
      max: 100,
      about: 'Key of the issue or ticket.',
      headers: ['work item', 'issue key', 'issue', 'ticket', 'key', 'task id', 'work item id'],
    },
    {
      name: 'title',
      kind: 'text',
      max: 500,
      about: 'Of the work item.',
      headers: ['issue title', 'title', 'summary', 'task', 'issue summary'],
    },
    {
      name: 'source',
      kind: 'choice',
      about: 'Where the work item is from.',
      headers: ['source', 'system'],
      choices: { jira: ['jira'], linear: ['linear'], ado: ['ado', 'azure', 'devops'], asana: ['asana'], other: ['other'] },
    },
  ],
};
