import { OrganizationPlan } from './blueprints';
import { Dice } from './dice';
import { addPortfolio } from './portfolio-data';
import { addReferenceData } from './reference-data';
import { Row, RowSet } from './rows';
import { Hiring } from './workforce-data';

export interface OrganizationData {
  id: string;
  organization: Row;
  rows: RowSet;
  /** People in lasting employment, whom sign-ins can be linked to; the first leads the organization. */
  people: readonly { id: string; name: string }[];
}

/** All rows of one demo organization. `withUnrated` adds the one person whose currency has no exchange rate. */
export function organizationData(tenantId: string, plan: OrganizationPlan, withUnrated: boolean, today: string): OrganizationData {
  const dice = new Dice(`demo ${plan.name}`);
  const id = dice.id('org');
  const rows = new RowSet(id);
  const ids = addReferenceData(rows, plan, withUnrated, today, dice);
  const hiring = new Hiring(rows, plan, ids, today, dice);
  hiring.hireAll(withUnrated);
  addPortfolio(rows, plan, hiring, ids, today);
  const organization = {
    id,
    tenant_id: tenantId,
    name: plan.name,
    time_zone: plan.timeZone,
    reporting_currency: plan.currency,
    fiscal_year_start_month: plan.fiscalYearStartMonth,
    live_rev: 1,
  };
  return { id, organization, rows, people: hiring.people.filter((person) => person.settled) };
}
