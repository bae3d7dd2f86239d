import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FUNCTIONS } from './workforce/functions';
import { PEOPLE_TABLES } from './workforce/people-tables';
import { REFERENCE_TABLES } from './workforce/reference-tables';
import { RULES } from './workforce/rules';
import { SEARCH } from './workforce/search';

/** Everything that `up` makes in `platform`, with its argument types; the rest is all there is in `live`. */
const SHARED_FUNCTIONS = ['employee_terms(text, text, text, text[])', 'words(text)', 'fold(text)', 'money_text(numeric)'];

const TABLES = [
  'search_term',
  'allocation',
  'team',
  'salary_adjustment',
  'employment_terms',
  'employee',
  'fx_rate',
  'value_stream',
  'cost_centre',
  'work_type',
  'job_role',
  'holiday',
  'geography',
];

const TRIGGER_FUNCTIONS = [
  'count_version()',
  'check_employee_email()',
  'check_terms_of_employee()',
  'check_terms_of_row()',
  'check_terms(text, text)',
  'check_manager_graph()',
  'check_team_tree()',
  'lock_rules(text)',
  'index_added_employees()',
  'index_changed_employees()',
  'forget_removed_employees()',
];

/** The people part of the domain: code lists, employees, terms, pay, teams, team allocations, search terms. */
export class Workforce1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('grant usage on schema live to flowstate_app, flowstate_mcp');
    for (const part of [FUNCTIONS, REFERENCE_TABLES, PEOPLE_TABLES, SEARCH, RULES]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table ${TABLES.map((name) => `live.${name}`).join(', ')}`);
    await runner.query(
      `drop function ${[...TRIGGER_FUNCTIONS.map((name) => `live.${name}`), ...SHARED_FUNCTIONS.map((name) => `platform.${name}`)].join(', ')}`,
    );
  }
}
