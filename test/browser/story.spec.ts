import type { Client } from '@modelcontextprotocol/client';
import { answerOf, mcpClient } from '../support/mcp-client';
import { inBrowser } from './in-browser';
import { acmeUser, type Person, signedIn } from './person';

type Data = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many tools

/** What is about the world that was asked, not about what is in it. */
const ABOUT = new Set(['planId', 'planRev', 'liveRev', 'meta', 'freshness', 'version']);

describe('a scenario from the chat to the merge, and back', () => {
  const browser = inBrowser();
  let model: Client;
  let [finance, admin, owner]: Person[] = [];
  beforeAll(async () => {
    model = await mcpClient(browser.origin('acme'), acmeUser('finance'), await acmeId());
  }, 120_000);
  beforeEach(async () => {
    [finance, admin, owner] = [await signedIn(browser, 'finance'), await signedIn(browser, 'admin'), await signedIn(browser, 'owner')];
  });
  afterAll(() => model.close());

  /** Finance belongs to two organizations, so its client says which one; the manager belongs to one. */
  async function acmeId(): Promise<string> {
    const client = await mcpClient(browser.origin('acme'), acmeUser('manager'));
    const { data } = await answerOf(client, 'get_organization_context');
    await client.close();
    return data.organization.id;
  }

  async function ask(tool: string, args: object = {}): Promise<Data> {
    const { isError, data, text } = await answerOf(model, tool, args);
    if (isError) throw new Error(`${tool}: ${text}`);
    return data;
  }

  /** Ten changes by ten tools; @returns what they were about */
  async function write(planId: string): Promise<Record<'teamId' | 'oldTeamId' | 'memberId' | 'projectId', string>> {
    const [day, end] = ['2031-01-01', '2030-12-31'];
    const [oldTeam] = (await ask('search_teams', { query: 'Brand' })).items;
    const [one, two, three] = (await ask('search_employees', { teamId: oldTeam.id, limit: 20 })).items;
    const { jobRole, geography } = (await ask('get_employee_details', { employeeId: one.id })).person;
    const [project] = (await ask('search_projects', { status: 'active' })).items;
    const [vacancy] = (await ask('search_vacancies', { status: 'open' })).items;
    const change = (tool: string, args: object): Promise<Data> => ask(tool, { planId, reason: `For the story: ${tool}.`, ...args });
    const teamId = (await change('add_team', { name: 'Story', parentTeamId: oldTeam.id })).entity.id;
    await change('update_team', { teamId: oldTeam.id, description: 'Tells stories.' });
    const person = { jobRoleId: jobRole.id, geographyId: geography.id, startDate: day, annualSalary: '70000' };
    await change('add_employee', { ...person, firstName: 'New', lastName: 'Teller', teamId });
    await change('move_employee', { employeeId: one.id, toTeamId: teamId, effectiveDate: day });
    await change('update_employee', { employeeId: two.id, effectiveDate: day, contractedFte: 0.8, annualSalary: '81234.56' });
    await change('terminate_employees', { employeeIds: [three.id], endDate: end });
    await change('update_vacancy', { vacancyId: vacancy.id, targetStartDate: day });
    await change('add_contractor', {
      name: 'Ink Ltd',
      rateType: 'daily',
      rate: '700',
      currency: 'EUR',
      geographyId: geography.id,
      startDate: day,
      teamId,
    });
    await change('allocate_employee_to_project', { employeeId: one.id, projectId: project.id, fte: 0.2, startDate: day });
    const last = await change('update_budget', {
      scopeType: 'team',
      scopeId: teamId,
      amount: '250000',
      currency: 'EUR',
      effectiveDate: day,
    });
    expect(last).toMatchObject({ drift: { conflicts: 0 }, reviewUrl: `${browser.origin('acme')}/scenarios/${planId}` });
    return { teamId, oldTeamId: oldTeam.id, memberId: two.id, projectId: project.id };
  }

  /** What can be seen of all that was changed, in the scenario's world or the live one. */
  async function world(about: Awaited<ReturnType<typeof write>>, planId?: string): Promise<Data> {
    const plan = planId === undefined ? {} : { planId };
    const period = { from: '2030-11-01', to: '2031-03-31' };
    const figures = { dimensions: ['team', 'period'], granularity: 'month', period, limit: 500 };
    const answers = [
      await ask('get_org_tree', { ...plan, depth: 20, limit: 100 }),
      await ask('search_employees', {
        ...plan,
        teamId: about.oldTeamId,
        includeSubteams: true,
        status: 'all',
        limit: 100,
        asOf: '2031-02-01',
      }),
      await ask('get_employee_details', { ...plan, employeeId: about.memberId }),
      await ask('get_project_details', { ...plan, projectId: about.projectId }),
      await ask('search_vacancies', { ...plan, limit: 100 }),
      await ask('search_contractors', { ...plan, limit: 100 }),
      await ask('query_analytics', { ...plan, ...figures, metrics: ['headcount', 'fte', 'cost_total'] }),
    ];
    return JSON.parse(JSON.stringify(answers, (key, value: unknown) => (ABOUT.has(key) ? undefined : value)));
  }

  /** Presses what decides on a scenario, and says what its heading then is. */
  async function decide(who: Person, path: string, button: string): Promise<string> {
    await who.page.goto(`${browser.origin('acme')}${path}`);
    await who.press(button);
    return who.heading();
  }

  it('is written by a model, decided on by people, live in one step, and taken back by the same gate', async () => {
    const [{ planId }, title] = [await ask('create_scenario', { title: 'A story', type: 'restructure' }), 'A story'];
    const about = await write(planId);
    const path = `/scenarios/${planId}`;
    const diff = await ask('get_scenario_diff', { planId, limit: 100 });
    expect(new Set(diff.items.map(({ entity }: Data) => entity)).size).toBeGreaterThanOrEqual(8);
    await finance!.open(path);
    for (const text of ['A story draft', 'Cost per month in EUR', 'Employee New Teller created'])
      expect(await finance!.text()).toContain(text);

    // Live moves: the owner describes the team, too.
    await owner!.open(`/records/${about.oldTeamId}`);
    await owner!.follow('Edit team Brand');
    await owner!.write('Description (may be empty)', 'Prints posters.');
    await owner!.press('Save');
    const conflicts = await ask('get_scenario_conflicts', { planId });
    expect(conflicts.items.flatMap((row: Data) => row.conflicts)).toEqual([
      { field: 'description', base: null, live: 'Prints posters.', plan: 'Tells stories.' },
    ]);
    await finance!.open(path);
    expect(await finance!.page.getByRole('button', { name: 'Submit for approval' }).count()).toBe(0);
    expect((await ask('rebase_scenario', { planId, expectedLiveRev: conflicts.liveRev, keep: 'plan' })).drift).toEqual({
      moved: 0,
      conflicts: 0,
    });

    expect(await decide(finance!, path, 'Submit for approval')).toBe(`${title} waiting for approval`);
    // The owner may approve, but not this: there is no button, and a form that was tampered with is refused.
    expect(await finance!.page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await finance!.page.evaluate(`document.querySelector('button[value=withdraw]').value = 'approve'`);
    await finance!.press('Withdraw');
    expect(await finance!.page.getByRole('alert').innerText()).toContain('Who works on a scenario cannot decide on it.');

    await admin!.open('/inbox');
    await admin!.follow(title);
    await admin!.write('Reason', 'A budget for a fiscal year is too long.');
    await admin!.press('Reject');
    expect((await ask('get_scenario', { planId })).decisions[0]).toMatchObject({
      act: 'reject',
      reason: 'A budget for a fiscal year is too long.',
    });
    const budget = {
      scopeType: 'team',
      scopeId: about.teamId,
      amount: '60000',
      period: 'quarter',
      currency: 'EUR',
      effectiveDate: '2031-01-01',
    };
    await ask('update_budget', { planId, ...budget, reason: 'By quarter.' });
    expect(await decide(finance!, path, 'Submit for approval')).toBe(`${title} waiting for approval`);
    expect(await decide(admin!, path, 'Approve')).toBe(`${title} approved`);

    // What is changed after it was approved has to be approved again.
    const late = await answerOf(model, 'update_team', { planId, teamId: about.teamId, description: 'Late.' });
    expect(late.data).toMatchObject({ code: 'SCENARIO_NOT_EDITABLE' });
    expect(await decide(finance!, path, 'Withdraw')).toBe(`${title} draft`);
    await ask('update_team', { planId, teamId: about.teamId, description: 'In time.' });
    await admin!.open(path);
    expect(await admin!.page.getByRole('button', { name: 'Merge into live data' }).count()).toBe(0);
    await decide(finance!, path, 'Submit for approval');
    await decide(admin!, path, 'Approve');

    const [before, planned] = [await world(about), await world(about, planId)];
    expect(before).not.toEqual(planned);
    expect(await decide(admin!, path, 'Merge into live data')).toBe(`${title} merged`);
    expect(await world(about)).toEqual(planned);

    await admin!.unfold('History');
    for (const text of ['Approved by', 'Merged by', 'update_budget', 'By quarter.']) expect(await admin!.text()).toContain(text);
    const acts = (await ask('get_scenario', { planId })).decisions.map(({ act, by }: Data) => `${act} ${by.name}`);
    const [f, a] = [acts.at(-1).split(' ').slice(1).join(' '), acts[0].split(' ').slice(1).join(' ')];
    expect(acts.reverse()).toEqual(
      [
        ['submit', f],
        ['reject', a],
        ['submit', f],
        ['approve', a],
        ['withdraw', f],
        ['submit', f],
        ['approve', a],
        ['merge', a],
      ].map((one) => one.join(' ')),
    );
    expect(f).not.toBe(a);

    await owner!.open(path);
    await owner!.press('Reverse into a new draft');
    const back = new URL(owner!.page.url()).pathname;
    expect(back).not.toBe(path);
    expect(await owner!.heading()).toMatch(/draft$/);
    await owner!.press('Submit for approval');
    expect(await decide(admin!, back, 'Approve')).toMatch(/approved$/);
    expect(await decide(admin!, back, 'Merge into live data')).toMatch(/merged$/);
    expect(await world(about)).toEqual(before);
    expect([...admin!.complaints, ...owner!.complaints]).toEqual([]);
    expect(finance!.complaints).toEqual([expect.stringContaining('409')]); // the approval that was refused
  }, 300_000);
});
