import { newId } from '../../src/database';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Browser, type LoadedPage } from '../support/browser';
import { Desk } from '../tools/desk';

const DAY = '2031-01-01';

describe('a scenario that could not be merged', () => {
  let world: World;
  let desk: Desk;
  let planId: string;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
  });
  beforeEach(async () => {
    desk = await Desk.open(world);
    planId = (await desk.done('create_scenario', { title: 'Doubtful' }, 'manager')).planId;
  });
  afterAll(() => world.close());

  const plan = (tool: string, args: object, who = 'manager'): Promise<Json> => desk.done(tool, { planId, ...args }, who);
  const origin = (): string => world.app.origin(desk.org.tenant.slug);
  const page = async (role: string): Promise<{ browser: Browser; shown: LoadedPage }> => {
    const { user } = await desk.connection(role);
    const browser = new Browser();
    const form = await browser.get(`${origin()}/sign-in`);
    await browser.submit(form, { email: user.email, password: user.password }, 'password');
    return { browser, shown: await browser.get(`${origin()}/scenarios/${planId}`) };
  };
  const act = async (role: string, name: string): Promise<LoadedPage> => {
    const { browser, shown } = await page(role);
    return browser.submit(shown, { act: name }, 'hash');
  };
  const status = async (): Promise<unknown> =>
    (await world.db.admin('select status from platform.plan where id = $1', [planId]))[0]?.['status'];
  const problems = ({ html }: LoadedPage): string[] =>
    [...(/<h2 id="problems">[^]*?<\/ul>/.exec(html)?.[0] ?? '').matchAll(/<li>([^]*?)<\/li>/g)].map(([, text]) =>
      (text ?? '').replace(/<(?!a)[^>]*>/g, '').replace(/\s+/g, ' '),
    );

  it('is not submitted: what is wrong is told with a link to its row, until it is mended', async () => {
    const gone = await desk.org.team('Gone');
    const { entity } = await plan('add_team', { name: 'Child', parentTeamId: gone });
    const named = (await plan('add_team', { name: 'Taken' })).entity;
    await desk.org.edit('delete from team where org_id = $1 and id = $2', gone);
    await desk.org.team('Taken');
    const refused = await act('manager', 'submit');
    expect([refused.status, await status()]).toEqual([409, 'DRAFT']);
    expect(refused.html).toContain('2 things stand against it. Mend what is listed, or undo it, and submit the scenario again.');
    const found = problems(refused);
    expect(found).toHaveLength(2);
    expect(found).toContain(
      `<a href="#${entity.id}">Team Child: parentTeamId: what it names is not there in this scenario. Name another, or take the change back.`,
    );
    expect(found).toContain(`<a href="#${named.id}">Team Taken: name is taken: another row of this scenario has the same. Choose another.`);
    for (const { id } of [entity, named]) expect(refused.html).toContain(`id="${id}"`);
    await plan('update_team', { teamId: entity.id, parentTeamId: await desk.org.team('Here') });
    await plan('update_team', { teamId: named.id, name: 'Free' });
    expect((await act('manager', 'submit')).status).toBe(200);
    expect(await status()).toBe('PENDING_APPROVAL');
  });

  it('is not approved either, where live has moved since it was submitted', async () => {
    const { entity } = await plan('add_team', { name: 'Late' });
    await act('manager', 'submit');
    await desk.org.team('Late');
    const refused = await act('finance', 'approve');
    expect([refused.status, await status()]).toEqual([409, 'PENDING_APPROVAL']);
    expect(refused.html).toContain('One thing stands against it. Reject it, so that its owner can mend what is listed');
    expect(problems(refused)).toEqual([expect.stringContaining(`<a href="#${entity.id}">Team Late: `)]);
    expect(
      await world.db.admin(
        `select outcome, details->>'act' as act from platform.audit_event where kind = 'scenario.reviewed' and details->>'plan' = $1 order by seq`,
        [planId],
      ),
    ).toEqual([
      { outcome: 'ok', act: 'submit' },
      { outcome: 'refused', act: 'approve' },
    ]);
  });

  it('is refused for what only others may see, and does not say what that is', async () => {
    const ada = await desk.org.person({ first: 'Ada', last: 'L', pay: { '2020-01-01': ['1', '0', 'EUR'] } });
    const { user } = await desk.connection('finance');
    await plan('update_scenario', { assignees: [user.id] });
    await plan('update_employee', { employeeId: ada, annualSalary: '91234', effectiveDate: DAY }, 'finance');
    await desk.add('salary_adjustment', 'sal', {
      ...{ employee_id: ada, effective_date: DAY, annual_salary: '1', currency: 'EUR' },
    });
    const refused = await act('manager', 'submit');
    expect([refused.status, await status()]).toEqual([409, 'DRAFT']);
    expect(problems(refused)).toEqual([expect.stringMatching(/^Something that your role may not see: /)]);
    expect(refused.html).not.toMatch(/sal_|91234/);
    expect(problems(await act('finance', 'submit'))).toEqual([expect.stringMatching(/^<a href="#sal_\w+">Pay of Ada L: /)]);
  });

  it('is only warned of what the organization does not block, and refused where it does', async () => {
    const ada = await desk.org.person({ first: 'Ada', last: 'L', team: await desk.org.team('Crew') });
    const project = newId('prj');
    await desk.org.insert('project', [{ id: project, name: 'Moon' }]);
    const changed = await plan('allocate_employee_to_project', { employeeId: ada, projectId: project, fte: 1.5, startDate: DAY });
    expect(changed.warnings).toMatchObject([{ code: 'OVER_ALLOCATED' }]);
    await world.db.admin(`update platform.organization set over_allocation = 'block' where id = $1`, [desk.org.id]);
    const words =
      'Allocated above what they are employed for: Ada L has 1.5 FTE from 2031-01-01, employed for 1. This organization does not';
    expect(await desk.ask('manager', 'update_allocation', { planId, allocationId: changed.entity.id, fte: 1.5 })).toMatchObject({
      message: expect.stringContaining(words) as string,
    });
    const refused = await act('manager', 'submit');
    expect(problems(refused)).toEqual([expect.stringMatching(new RegExp(`^<a href="#alc_\\w+">Allocation of Ada L: ${words}`))]);
    await world.db.admin(`update platform.organization set over_allocation = 'warn' where id = $1`, [desk.org.id]);
    expect((await act('manager', 'submit')).status).toBe(200);
  });
});
