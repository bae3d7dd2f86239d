import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk, TODAY } from './desk';

describe('tools about contractors', () => {
  let world: World;
  let desk: Desk;
  let boss: string;
  let upper: string;
  let lower: string;
  let cleo: string;
  let alloy: string;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    boss = await org.person({ first: 'Boss', last: 'One' });
    upper = await org.team('Upper');
    lower = await org.team('Lower', upper);
    const base = { geography_id: org.place, start_date: '2024-01-01' };
    [cleo, alloy] = (await desk.add(
      'contractor',
      'con',
      { ...base, name: 'Cleo Ångström', email: 'cleo@studio.example', manager_id: boss, job_role_id: org.jobRole, external_id: 'C-1' },
      { ...base, name: 'Alloy Works', contractor_type: 'company', company_name: 'Alloy GmbH' },
      { ...base, name: 'Gone Fishing', end_date: '2025-12-31' },
      { ...base, name: 'Soon There', start_date: '2027-01-01' },
    )) as [string, string];
    await desk.add(
      'rate_adjustment',
      'rat',
      { contractor_id: cleo, effective_date: '2024-01-01', rate_type: 'hourly', rate: '77.125', currency: 'EUR' },
      { contractor_id: cleo, effective_date: '2026-01-01', rate_type: 'daily', rate: '656.565', currency: 'EUR' },
      { contractor_id: cleo, effective_date: '2027-01-01', rate_type: 'daily', rate: '717', currency: 'EUR' },
    );
    const [project] = await desk.add('project', 'prj', { name: 'Harbour' });
    await desk.allocate({ contractor_id: cleo, target_team_id: lower, is_primary: true, fte: 0.6 });
    await desk.allocate({ contractor_id: cleo, target_project_id: project, fte: 0.5, end_date: '2026-12-31' });
    await desk.allocate({ contractor_id: alloy, target_team_id: upper, end_date: '2026-05-31' });
  });
  afterAll(() => world.close());

  const names = async (args: object, who = 'viewer'): Promise<string[]> =>
    (await desk.ask(who, 'search_contractors', { asOf: TODAY, ...args })).items.map(({ name }: Json) => name);

  it('lists who is under contract on the day, in order of name', async () => {
    expect(await names({})).toEqual(['Alloy Works', 'Cleo Ångström']);
    expect(await names({ asOf: '2025-06-01' })).toEqual(['Alloy Works', 'Cleo Ångström', 'Gone Fishing']);
    const everybody = await desk.ask('viewer', 'search_contractors', { active: false, asOf: TODAY });
    expect(everybody.items.map(({ status }: Json) => status)).toEqual(['active', 'active', 'ended', 'future']);
  });

  it('finds by words of the name and by e-mail address', async () => {
    expect(await names({ query: 'angs cle' })).toEqual(['Cleo Ångström']);
    expect(await names({ query: 'cleo@studio' })).toEqual(['Cleo Ångström']);
    expect(await names({ query: 'lloy' })).toEqual([]);
  });

  it('takes a team with those below it, on the day', async () => {
    expect(await names({ teamId: upper })).toEqual(['Cleo Ångström']);
    expect(await names({ teamId: upper, includeSubteams: false })).toEqual([]);
    expect(await names({ teamId: upper, includeSubteams: false, asOf: '2026-05-31' })).toEqual(['Alloy Works']);
  });

  it('shows everyone once over the pages', async () => {
    const items = await desk.pages('viewer', 'search_contractors', { active: false, limit: 1, asOf: TODAY });
    expect(items.map(({ name }) => name)).toEqual(['Alloy Works', 'Cleo Ångström', 'Gone Fishing', 'Soon There']);
  });

  it('shows rates to nobody without financials.read, pay or not', async () => {
    for (const who of ['viewer', 'member', 'manager', 'admin', ['contractors.read', 'compensation.read']] as const) {
      const list = await desk.ask(who, 'search_contractors', { asOf: TODAY });
      const details = await desk.ask(who, 'get_contractor_details', { contractorId: cleo, asOf: TODAY });
      expect(list.redacted).toContain('rate');
      expect(details.redacted).toEqual(expect.arrayContaining(['rate', 'rateHistory']));
      expect(JSON.stringify([list, details])).not.toMatch(/77\.1|656|717|hourly|daily/);
    }
  });

  it('shows the rate in force and its history, newest first, with financials.read', async () => {
    const details = await desk.ask('finance', 'get_contractor_details', { contractorId: 'ext:C-1', asOf: TODAY });
    expect(details.rate).toEqual({ effectiveDate: '2026-01-01', rateType: 'daily', rate: '656.56', currency: 'EUR' });
    expect(details.rateHistory.map(({ rate }: Json) => rate)).toEqual(['717.00', '656.56', '77.12']);
    expect(details).not.toHaveProperty('redacted');
    const [, listed] = (await desk.ask('finance', 'search_contractors', { asOf: '2025-01-01' })).items;
    expect(listed.rate).toMatchObject({ rateType: 'hourly', rate: '77.12' });
    expect(await desk.ask('finance', 'get_contractor_details', { contractorId: alloy })).not.toHaveProperty('rate');
  });

  it('shows contract, team, manager and allocations of one contractor', async () => {
    expect(await desk.ask('viewer', 'get_contractor_details', { contractorId: cleo, asOf: TODAY })).toMatchObject({
      asOf: TODAY,
      contractor: {
        ...{ id: cleo, externalId: 'C-1', status: 'active', type: 'individual', email: 'cleo@studio.example' },
        ...{ jobRole: { name: 'Engineer' }, geography: { name: 'Home' } },
      },
      team: { id: lower, name: 'Lower' },
      manager: { id: boss, name: 'Boss One' },
      allocations: [{ teamId: lower, team: 'Lower', fte: 0.6, startDate: '2020-01-01', isPrimary: true }],
      projectAllocations: [{ project: 'Harbour', fte: 0.5, endDate: '2026-12-31' }],
    });
  });

  it('leaves out what other permissions are for', async () => {
    const who = ['contractors.read'] as const;
    expect((await desk.ask(who, 'search_contractors')).redacted).toEqual(['team', 'manager', 'rate']);
    const details = await desk.ask(who, 'get_contractor_details', { contractorId: cleo });
    expect(details.redacted).toEqual(['team', 'manager', 'rate', 'rateHistory', 'allocations', 'projectAllocations']);
    for (const field of details.redacted) expect(details).not.toHaveProperty(field);
    expect(await desk.ask(who, 'search_contractors', { teamId: lower })).toMatchObject({ code: 'PERMISSION_DENIED' });
  });

  it("does not know another organization's contractors and teams", async () => {
    const other = await Desk.open(world);
    for (const contractorId of [cleo, 'con_aaaaaaaaaaaa', 'ext:C-1'])
      expect(await other.ask('owner', 'get_contractor_details', { contractorId })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await other.ask('owner', 'search_contractors', { teamId: lower })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await other.ask('owner', 'search_contractors', { active: false })).items).toEqual([]);
  });

  it('refuses what it cannot read, by the name of the field', async () => {
    for (const [field, value] of Object.entries({ teamId: boss, active: 'yes', limit: 101, cursor: 'bm90aGluZw', query: 'x'.repeat(101) }))
      expect(await desk.ask('viewer', 'search_contractors', { [field]: value })).toMatchObject({
        code: 'VALIDATION',
        details: { fields: [{ field }] },
      });
  });
});
