import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ACTUALS_TABLES } from './portfolio/actuals-tables';
import { INDEX_TEAMS, NAMES } from './portfolio/names';
import { PLAN_TABLES } from './portfolio/plan-tables';
import { ALLOCATION_COLUMNS, ALLOCATION_COLUMNS_DOWN, PROJECT_TABLES } from './portfolio/project-tables';
import { STAFFING_TABLES } from './portfolio/staffing-tables';

const TABLES = [
  'ai_usage_day',
  'ai_account',
  'effort_line',
  'work_item',
  'budget',
  'project',
  'ai_agent',
  'vacancy',
  'rate_adjustment',
  'contractor',
];

const TEAM_TRIGGERS = ['team_named_added', 'team_named_changed', 'team_named_removed'];

/** The rest of the domain: contractors, vacancies, AI agents, projects, budgets, effort, AI usage, and the list of scenarios. */
export class Portfolio1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [STAFFING_TABLES, PROJECT_TABLES, ALLOCATION_COLUMNS, ACTUALS_TABLES, NAMES, INDEX_TEAMS, PLAN_TABLES]) {
      await runner.query(part);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table platform.plan_assignee, platform.plan;
      alter table live.allocation no force row level security;
      alter table live.search_term no force row level security;
      ${ALLOCATION_COLUMNS_DOWN}
      ${TEAM_TRIGGERS.map((name) => `drop trigger ${name} on live.team;`).join('\n')}
      drop table ${TABLES.map((name) => `live.${name}`).join(', ')};
      drop function live.index_named(), live.check_effort_weeks(), platform.named_terms(text, text, text);
      delete from live.search_term where kind not like 'employee.%';
      alter table live.search_term force row level security;
      alter table live.allocation force row level security`);
  }
}
