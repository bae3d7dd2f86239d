import type { EntityManager } from 'typeorm';
import { Database } from '../../src/database';
import type { TestApp } from './app';

/** A node of a plan as EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) tells it. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

/** A statement that a call ran, with the plan that it ran by. */
export interface Statement {
  readonly sql: string;
  readonly plan: PlanNode;
  /** Milliseconds of planning and running. */
  readonly time: number;
  readonly planning: number;
}

interface Explained {
  Plan: PlanNode;
  'Planning Time': number;
  'Execution Time': number;
}

/** Explains each statement of tool calls before it runs, as the caller's role and under its row policies. The list grows. */
export function watchStatements({ app }: TestApp, settings = ''): Statement[] {
  const database = app.get(Database);
  const call = database.call.bind(database);
  const statements: Statement[] = [];
  database.call = (scope, work, ...rest) =>
    call(
      scope,
      async (db) => {
        if (settings !== '') await db.query(settings);
        return work(watched(db, statements));
      },
      ...rest,
    );
  return statements;
}

function watched(db: EntityManager, statements: Statement[]): EntityManager {
  const query = async (sql: string, parameters?: unknown[]): Promise<unknown> => {
    const [row] = await db.query<{ 'QUERY PLAN': [Explained] }[]>(`explain (analyze, buffers, format json) ${sql}`, parameters);
    const { Plan: plan, ...times } = row?.['QUERY PLAN'][0] as Explained;
    statements.push({ sql, plan, planning: times['Planning Time'], time: times['Planning Time'] + times['Execution Time'] });
    return db.query(sql, parameters);
  };
  return new Proxy(db, { get: (target, key) => (key === 'query' ? query : Reflect.get(target, key, target)) });
}

export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
