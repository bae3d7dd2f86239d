import type { Connection, World } from './world';
import { Database, newId } from '../../src/database';
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
    Record<
      | 'employee'
      | 'team'
      | 'subteam'
      | 'allocation'
      | 'idleContractor'
      | 'idleProject'
      | 'geography'
      | 'jobRole'
      | 'contractor'
      | 'vacancy'
      | 'aiAgent'
      | 'project'
      | 'scenario',
      string
    > &
      Record<'organization' | 'grant' | 'client' | 'user' | 'externalId' | 'email', string>
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
  const subteam = await organization.team(`Zz${mark}subteam`, team);
  const [email, externalId] = [`person@zz${mark.toLowerCase()}.example`, `ext-zz${mark.toLowerCase()}`];
  const employee = await organization.person({
    ...{ first: 'Same', last: `Zz${mark}name`, email, externalId, team, skills: [`Zz${mark}skill`] },
    pay: { '2024-01-01': [salary, '1000', 'EUR'] },
  });
  const staff = await staffing(organization, team, mark, salary);
  const scenario = await scenarioOf(world, owner, team, mark);
  const ids = {
    ...staff,
    scenario,
    employee,
    team,
    subteam,
    geography: organization.place,
    jobRole: organization.jobRole,
    organization: tenant.orgId,
    grant: owner.grantId,
    client: owner.clientId,
  };
  const all = { ...ids, user: owner.user.id, externalId, email };
  return { tenant, owner, ids: all, canaries: [`zz${mark.toLowerCase()}`, salary, tenant.id, ...Object.values(all)] };
}

/** One of each that works, or may work, besides the employees, and a project. */
async function staffing(organization: TestOrganization, team: string, mark: string, amount: string) {
  const ids = {
    ...{ contractor: newId('con'), vacancy: newId('vac'), aiAgent: newId('agt'), project: newId('prj'), account: newId('acc') },
    ...{ allocation: newId('alc'), idleContractor: newId('con'), idleProject: newId('prj') },
  };
  const workItem = newId('wi');
  const [name, description, currency, start] = [`Zz${mark}name`, `Zz${mark}text`, 'EUR', '2024-01-01'];
  await organization.insert('contractor', [{ id: ids.contractor, name, geography_id: organization.place, start_date: start }]);
  await organization.insert('rate_adjustment', [
    { id: newId('rat'), contractor_id: ids.contractor, effective_date: start, rate_type: 'daily', rate: amount, currency },
  ]);
  await organization.insert('vacancy', [
    { id: ids.vacancy, role: name, description, target_start_date: start, salary_min: amount, salary_max: amount, currency },
  ]);
  await organization.insert('ai_agent', [
    { id: ids.aiAgent, name, provider: name, seats: 1, monthly_per_seat_price: amount, currency, start_date: start },
  ]);
  await organization.insert('project', [{ id: ids.project, name, description, estimated_cost: amount, currency }]);
  const subjects = { contractor_id: ids.contractor, vacancy_id: ids.vacancy, ai_agent_id: ids.aiAgent };
  for (const [column, id] of Object.entries(subjects)) {
    await organization.insert('allocation', [{ id: newId('alc'), [column]: id, target_team_id: team, fte: 1, start_date: start }]);
  }
  await organization.insert('allocation', [
    { id: ids.allocation, team_id: team, target_project_id: ids.project, fte: 1, start_date: start },
  ]);
  await organization.insert('contractor', [{ id: ids.idleContractor, name, geography_id: organization.place, start_date: start }]);
  await organization.insert('project', [{ id: ids.idleProject, name: `${name} idle` }]);
  await organization.insert('ai_account', [{ id: ids.account, provider: name, account: `${name}@mark.example` }]);
  const day = new Date(Date.now() - 172_800_000).toISOString().slice(0, 10);
  await organization.insert('ai_usage_day', [{ account_id: ids.account, day, system: name, model: 'm', cost: amount, currency }]);
  await organization.insert('work_item', [{ id: workItem, source: 'jira', key: name, title: description }]);
  const sunday = Date.now() - 86_400_000 * ((new Date().getUTCDay() || 7) + 14);
  const week = {
    contractor_id: ids.contractor,
    week_start: new Date(sunday + 86_400_000).toISOString().slice(0, 10),
    source: 'jira',
    fraction: 0.5,
  };
  await organization.insert('effort_line', [
    { ...week, line: 1, category: 'unlinked', work_item_id: workItem, project_id: null },
    { ...week, line: 2, category: 'project', work_item_id: null, project_id: ids.project },
  ]);
  return ids;
}

/** A scenario with one change, and the mark in each of its texts. */
async function scenarioOf(world: World, owner: Connection, teamId: string, mark: string): Promise<string> {
  const texts = { title: `Zz${mark}plan`, description: `Zz${mark}text`, reason: `Zz${mark}text` };
  const made = await world.call(owner, 'create_scenario', texts);
  const { planId } = made.json.result.structuredContent;
  await world.call(owner, 'update_team', { planId, teamId, description: `Zz${mark}text`, reason: `Zz${mark}text` });
  return planId;
}

/** The address of a resource by its template: `team://{teamId}` with the id of the team. */
export function addressed(uriTemplate: string, ids: Readonly<Record<string, string>>): string {
  const id = { ...ids, reference: 'work_types' }[uriTemplate.split(':')[0] ?? ''];
  if (id === undefined) throw new Error(`No id for ${uriTemplate}.`);
  return uriTemplate.replace(/\{\w+\}/, id);
}

/** The first canary found in a text, whatever its case; an amount as a number of its own, as the ids of requests have any digits. */
export function sung(text: string, { canaries }: Marked): string | undefined {
  const lower = text.toLowerCase();
  return canaries.find((canary) =>
    /^\d+$/.test(canary) ? new RegExp(`(?<!\\w|\\w-)${canary}(?!\\w|-\\w)`).test(text) : lower.includes(canary.toLowerCase()),
  );
}
