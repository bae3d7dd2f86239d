import { AuditService } from '../../src/audit';
import type { Database } from '../../src/database';
import { ReviewService, ScenarioValidation } from '../../src/scenarios';
import { PlanRules } from '../../src/scenarios/write';

/** The human gate below its pages. */
export async function reviewsOf(database: Database): Promise<ReviewService> {
  const rules = new PlanRules(database);
  await rules.onModuleInit();
  return new ReviewService(database, new AuditService(database), new ScenarioValidation(rules));
}
