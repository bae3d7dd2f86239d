import type { Permission } from '../../src/permissions';
import { AnalyticsAnswer, AnalyticsQuery, AnalyticsService } from '../../src/analytics';
import type { TestOrganization } from '../workforce/organization';

const SERVICE = new AnalyticsService();

/** Asks live data, or a scenario, as a role; by default the owner. */
export function ask(
  world: Pick<TestOrganization, 'as'>,
  query: Partial<AnalyticsQuery>,
  caller: string | Permission[] = 'owner',
): Promise<AnalyticsAnswer> {
  return world.as(caller, (ctx) => SERVICE.answer(ctx, { metrics: ['headcount'], limit: 500, ...query }));
}

/** Rows as objects by column. */
export function rows({ columns, rows: cells }: AnalyticsAnswer): Record<string, unknown>[] {
  return cells.map((row) => Object.fromEntries(columns.map(({ key }, index) => [key, row[index]])));
}

export function totals({ columns, totals: cells }: AnalyticsAnswer): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ key }, index) => [key, cells[index]]));
}
