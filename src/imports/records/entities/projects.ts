import { currencyOf } from '../../settings';
import { amount, COST_CENTRE, currency, currencyFault, END, inOrder, person, START, VALUE_STREAM } from '../fields';
import type { RecordEntity } from '../record';

export const PROJECTS: RecordEntity = {
  name: 'projects',
  noun: 'project',
  table: 'project',
  prefix: 'prj',
  identity: { kind: 'project', number: 'project number', name: 'name', adopts: true },
  settings: [currencyOf('estimated cost')],
  example: `Project key;Project name;Status;Stage;Lead;Portfolio;Start date;Due date;Estimated cost;Currency
APO;Apollo;Active;In progress;ada@example.com;Growth;2025-03-17;2026-12-31;1250000.00;EUR
HER;Hermes;Planned;Proposed;;Growth;2026-11-30;;;`,
  fields: [
    {
      name: 'project number',
      kind: 'text',
      max: 100,
      about: 'By which a project is found again, such as its key in another system; without, by its name.',
      headers: ['project number', 'project id', 'project key', 'project code', 'key', 'code', 'external id', 'Projektnummer', 'id'],
    },
    {
      name: 'name',
      kind: 'text',
      required: true,
      about: 'What it is called.',
      headers: ['project name', 'name', 'project', 'title', 'Projekt', 'Projektname', 'projet'],
      column: 'name',
    },
    {
      name: 'description',
      kind: 'text',
      max: 5_000,
      about: 'What it is for.',
      headers: ['description', 'summary', 'Beschreibung'],
      column: 'description',
    },
    {
      name: 'status',
      kind: 'choice',
      about: 'Whether it is worked on; planning where it is new.',
      headers: ['status', 'project status', 'state', 'Projektstatus'],
      choices: {
        planning: ['planning', 'planned', 'backlog', 'not started', 'new', 'proposed', 'geplant'],
        active: ['active', 'in progress', 'started', 'running', 'open', 'on track', 'at risk', 'off track', 'aktiv'],
        completed: ['completed', 'complete', 'done', 'finished', 'closed', 'abgeschlossen'],
        on_hold: ['on hold', 'paused', 'pausiert'],
        cancelled: ['cancelled', 'canceled', 'rejected', 'abgebrochen'],
      },
      column: 'status',
      value: (text) => text ?? 'planning',
    },
    {
      name: 'stage',
      kind: 'choice',
      about: 'Where it is in its life; proposed where it is new.',
      headers: ['lifecycle stage', 'stage', 'phase', 'gate'],
      choices: {
        proposed: ['proposed', 'idea', 'draft'],
        approved: ['approved', 'accepted'],
        in_progress: ['in progress', 'started', 'active', 'delivery'],
        blocked: ['blocked'],
        completed: ['completed', 'complete', 'done', 'closed'],
        rejected: ['rejected', 'declined'],
        cancelled: ['cancelled', 'canceled'],
      },
      column: 'lifecycle_stage',
      value: (text) => text ?? 'proposed',
    },
    person({
      name: 'owner',
      about: 'Employee who answers for it.',
      headers: ['owner email', 'project owner', 'owner', 'project lead', 'lead', 'project manager', 'manager', 'Projektleiter'],
      column: 'owner_id',
    }),
    VALUE_STREAM,
    COST_CENTRE,
    {
      name: 'capex class',
      kind: 'choice',
      about: 'How its cost is booked; none where it is new.',
      headers: ['capex class', 'capex opex', 'capex', 'capitalization', 'capitalisation'],
      choices: { capex: ['capex', 'capital'], opex: ['opex', 'operating', 'operational', 'expense'], none: ['none', 'unclassified'] },
      column: 'capex_class',
      value: (text) => text ?? 'none',
    },
    amount({
      name: 'estimated cost',
      about: 'What it is expected to cost in total.',
      headers: ['estimated cost', 'cost estimate', 'estimate', 'planned cost', 'budgeted cost', 'geschätzte Kosten'],
      column: 'estimated_cost',
    }),
    currency('estimated cost'),
    START,
    END,
  ],
  wrong: (values, mapping) => inOrder(values) ?? currencyFault(values, mapping, 'estimated cost'),
};
