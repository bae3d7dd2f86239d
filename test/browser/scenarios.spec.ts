import type { BrowserContextOptions, Page } from 'playwright-core';
import { answerOf, mcpClient } from '../support/mcp-client';
import { expectGoodPage, picture } from './examine';
import { Grip, Hands, keyboard, mouse } from './hands';
import { inBrowser, type Visit } from './in-browser';

const WAYS: readonly [string, Grip, BrowserContextOptions][] = [
  ['with a mouse', mouse, {}],
  ['with the keyboard alone, without JavaScript', keyboard, { javaScriptEnabled: false }],
  ['at 200 % zoom', mouse, { viewport: { width: 500, height: 350 }, deviceScaleFactor: 2 }],
  ['in a dark color scheme', mouse, { colorScheme: 'dark' }],
];

describe('Workforce → Scenarios in a browser', () => {
  const { origin, visit } = inBrowser();
  const user = (role: string): { email: string; password: string } => ({ email: `${role}@acme.example`, password: 'flowstate-demo' });

  interface Person extends Visit, Hands {
    /** Goes there, and insists on a page that is good for everybody. */
    open(path: string): Promise<void>;
    heading(): Promise<string>;
  }

  async function person(role: string, grip: Grip, circumstances: BrowserContextOptions): Promise<Person> {
    const { page, complaints } = await visit(circumstances);
    const hands = grip(page);
    await page.goto(`${origin('acme')}/sign-in`);
    await hands.write('E-mail', user(role).email);
    await hands.write('Password', user(role).password);
    await hands.press('Sign in');
    const open = async (path: string): Promise<void> => {
      await page.goto(`${origin('acme')}${path}`);
      await expectGoodPage(page);
    };
    const heading = async (): Promise<string> => (await page.getByRole('heading', { level: 1 }).innerText()).replace(/\s+/g, ' ');
    return { page, complaints, ...hands, open, heading };
  }

  /** A scenario of the manager's, made by their client: a vacancy more, and a new purpose of the team. */
  async function scenario(title: string, teamName: string): Promise<{ planId: string; teamId: string }> {
    const client = await mcpClient(origin('acme'), user('manager'));
    const done = async (tool: string, args: object): Promise<Record<string, string>> => {
      const answer = await answerOf(client, tool, args);
      expect([tool, answer.isError, answer.text.slice(0, 200)]).toEqual([tool, false, expect.anything()]);
      return answer.data as Record<string, string>;
    };
    const teams = (await done('search_teams', { query: teamName })) as unknown as { items: { id: string; name: string }[] };
    const teamId = teams.items.find(({ name }) => name === teamName)!.id;
    const planId = (await done('create_scenario', { title, type: 'hiring' }))['planId']!;
    await done('add_vacancy', { planId, role: 'Recruiter', teamId, targetStartDate: '2031-01-01', reason: 'Two offices open.' });
    await done('update_team', { planId, teamId, description: 'As planned.', reason: 'A new purpose.' });
    await client.close();
    return { planId, teamId };
  }

  const texts = async (page: Page): Promise<string> => (await page.getByRole('main').innerText()).replace(/\s+/g, ' ');

  it('shows the demo: a scenario that waits for a decision, in the list, the inbox and by itself', async () => {
    const admin = await person('admin', mouse, {});
    await admin.open('/scenarios');
    expect(await texts(admin.page)).toContain('Leaner Customer Care');
    await admin.open('/inbox');
    expect(await texts(admin.page)).toContain('Waiting for your decision (1) Two engineers for Core Platform');
    await picture(admin.page, 'inbox');
    const finance = await person('finance', mouse, { viewport: { width: 1100, height: 1400 } });
    await finance.open('/inbox');
    await finance.follow('Two engineers for Core Platform');
    await expectGoodPage(finance.page);
    for (const text of ['Cost per month in EUR', 'Vacancy Senior Software Engineer', 'Approve', 'a quarter later'])
      expect(await texts(finance.page)).toContain(text);
    await picture(finance.page, 'scenario');
    expect([...admin.complaints, ...finance.complaints]).toEqual([]);
  });

  it.each(WAYS)('SCN-8 takes a scenario from draft through a rejection and a conflict to approval %s', async (way, grip, circumstances) => {
    const at = WAYS.findIndex(([name]) => name === way);
    const [title, teamName] = [`Plan ${way}`, ['Talent', 'Legal', 'Brand', 'Insights'][at]!];
    const { planId, teamId } = await scenario(title, teamName);
    const [manager, admin, owner] = [
      await person('manager', grip, circumstances),
      await person('admin', grip, circumstances),
      await person('owner', grip, circumstances),
    ];

    await manager.open('/scenarios');
    await manager.follow(title);
    expect(await manager.heading()).toBe(`${title} draft`);
    await expectGoodPage(manager.page);
    await manager.press('Submit for approval');
    expect(await manager.heading()).toBe(`${title} waiting for approval`);
    expect(await manager.page.getByRole('button', { name: 'Approve' }).count()).toBe(0);

    await admin.open('/inbox');
    await admin.follow(title);
    await admin.write('Reason', 'Say who pays for it.');
    await admin.press('Reject');
    expect(await admin.heading()).toBe(`${title} rejected`);
    await admin.write('Comment', 'Ask finance first.');
    await admin.press('Add comment');
    await expectGoodPage(admin.page);

    await owner.open(`/records/${teamId}`);
    await owner.follow(`Edit team ${teamName}`);
    await expectGoodPage(owner.page);
    await owner.write('Description (may be empty)', 'As it is now.');
    await owner.write('Name', ' ');
    await owner.press('Save');
    expect(await owner.page.getByRole('alert').innerText()).toBe('Name is needed.');
    await expectGoodPage(owner.page);
    await owner.write('Name', teamName);
    await owner.press('Save');
    expect(await owner.heading()).toBe(`${teamName} (team)`);

    await manager.open(`/scenarios/${planId}`);
    for (const text of ['“Say who pays for it.”', 'Ask finance first.', 'Conflicts (1)', 'As it is now.'])
      expect(await texts(manager.page)).toContain(text);
    expect(await manager.page.getByRole('button', { name: 'Submit for approval' }).count()).toBe(0);
    if (way === 'with a mouse') await picture(manager.page, 'conflicts');
    await manager.choose(`Keep live: description of Team ${teamName}`);
    await manager.press('Resolve conflicts');
    expect(await texts(manager.page)).not.toContain('Conflicts');
    await manager.unfold('History');
    await expectGoodPage(manager.page);
    await manager.press('Undo change 2');
    expect(await texts(manager.page)).not.toContain('Vacancy Recruiter');
    await manager.unfold('History');
    await manager.press('Undo change 6');
    expect(await texts(manager.page)).toContain('Vacancy Recruiter');
    await manager.press('Submit for approval');

    await admin.open('/inbox');
    await admin.follow(title);
    await admin.press('Approve');
    expect(await admin.heading()).toBe(`${title} approved`);
    await expectGoodPage(admin.page);
    expect([...manager.complaints, ...admin.complaints]).toEqual([]);
    expect(owner.complaints).toEqual([expect.stringContaining('409')]); // the name that was left out
  });
});
