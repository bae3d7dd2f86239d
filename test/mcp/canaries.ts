import type { Connection, World } from './world';
import { Database } from '../../src/database';
import type { TestTenant } from '../support/people';
import { Bench, TestOrganization } from '../workforce/organization';

/** A customer whose every text and amount can be told from any other's wherever it turns up. */
export interface Marked {
  readonly tenant: TestTenant;
  readonly owner: Connection;
  /** What must never be seen by anyone else. */
  readonly canaries: readonly string[];
  /** Ids of rows, by what they are an id of. */
  readonly ids: Readonly<
    Record<'employee' | 'team' | 'geography' | 'jobRole' | 'organization' | 'grant' | 'client' | 'user' | 'externalId' | 'email', string>
  >;
}

/** Twins: two calls make customers alike in everything but the mark, which is letters only. */
export async function marked(world: World, mark: string, salary: string): Promise<Marked> {
  const tenant = await world.tenant({ name: `Zz${mark}org` });
  const owner = await world.connect(tenant, { clientName: `Zz${mark}client` });
  const organization = new TestOrganization({ database: world.app.app.get(Database) } as Bench, tenant);
  await organization.insert('geography', [
    { id: organization.place, name: `Zz${mark}place`, country_code: 'DE', time_zone: 'Europe/Berlin', currency: 'EUR' },
  ]);
  await organization.insert('job_role', [{ id: organization.jobRole, title: `Zz${mark}role` }]);
  await organization.insert('work_type', [{ id: organization.workType, name: `Zz${mark}type` }]);
  const team = await organization.team(`Zz${mark}team`);
  const [email, externalId] = [`person@zz${mark.toLowerCase()}.example`, `ext-zz${mark.toLowerCase()}`];
  const employee = await organization.person({
    ...{ first: 'Same', last: `Zz${mark}name`, email, externalId, team, skills: [`Zz${mark}skill`] },
    pay: { '2024-01-01': [salary, '1000', 'EUR'] },
  });
  const ids = {
    employee,
    team,
    geography: organization.place,
    jobRole: organization.jobRole,
    organization: tenant.orgId,
    grant: owner.grantId,
    client: owner.clientId,
  };
  const all = { ...ids, user: owner.user.id, externalId, email };
  return { tenant, owner, ids: all, canaries: [`zz${mark.toLowerCase()}`, salary, tenant.id, ...Object.values(all)] };
}

/** The first canary found in a text, whatever its case. */
export function sung(text: string, { canaries }: Marked): string | undefined {
  const lower = text.toLowerCase();
  return canaries.find((canary) => lower.includes(canary.toLowerCase()));
}
