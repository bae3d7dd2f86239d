import type { BrowserContextOptions } from 'playwright-core';
import { answerOf, mcpClient } from '../support/mcp-client';
import { expectGoodPage, picture } from './examine';
import { Grip, keyboard, mouse } from './hands';
import { inBrowser } from './in-browser';
import { acmeUser, signedIn } from './person';

const WAYS: readonly [string, Grip, BrowserContextOptions][] = [
  ['with a mouse', mouse, {}],
  ['with the keyboard alone, without JavaScript', keyboard, { javaScriptEnabled: false }],
  ['at 200 % zoom', mouse, { viewport: { width: 500, height: 350 }, deviceScaleFactor: 2 }],
  ['in a dark color scheme', mouse, { colorScheme: 'dark' }],
];

describe('Workforce → Scenarios in a browser', () => {
  const browser = inBrowser();

  /** A scenario of the manager's, made by their client: a vacancy more, and a new purpose of the team. */
  async function scenario(title: string, teamName: string): Promise<{ planId: string; teamId: string }> {
    const client = await mcpClient(browser.origin('acme'), acmeUser('manager'));
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

  it('shows the demo: a scenario that waits for a decision, in the list, the inbox and by itself', async () => {
    const admin = await signedIn(browser, 'admin');
    await admin.open('/scenarios');
    expect(await admin.text()).toContain('Leaner Customer Care');
    await admin.open('/inbox');
    expect(await admin.text()).toContain('Waiting for your decision (1) Two engineers for Core Platform');
    await picture(admin.page, 'inbox');
    const finance = await signedIn(browser, 'finance', mouse, { viewport: { width: 1100, height: 1400 } });
    await finance.open('/inbox');
    await finance.follow('Two engineers for Core Platform');
    await expectGoodPage(finance.page);
    for (const text of ['Cost per month in EUR', 'Vacancy Senior Software Engineer', 'Approve', 'a quarter later'])
      expect(await finance.text()).toContain(text);
    await picture(finance.page, 'scenario');
    expect([...admin.complaints, ...finance.complaints]).toEqual([]);
  });

  it.each(WAYS)('takes a scenario from draft through a rejection and a conflict to approval %s', async (way, grip, circumstances) => {
    const at = WAYS.findIndex(([name]) => name === way);
    const [title, teamName] = [`Plan ${way}`, ['Talent', 'Legal', 'Brand', 'Insights'][at]!];
    const { planId, teamId } = await scenario(title, teamName);
    const [manager, admin, owner] = [
      await signedIn(browser, 'manager', grip, circumstances),
      await signedIn(browser, 'admin', grip, circumstances),
      await signedIn(browser, 'owner', grip, circumstances),
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
      expect(await manager.text()).toContain(text);
    expect(await manager.page.getByRole('button', { name: 'Submit for approval' }).count()).toBe(0);
    if (way === 'with a mouse') await picture(manager.page, 'conflicts');
    await manager.choose(`Keep live: description of Team ${teamName}`);
    await manager.press('Resolve conflicts');
    expect(await manager.text()).not.toContain('Conflicts');
    await manager.unfold('History');
    await expectGoodPage(manager.page);
    await manager.press('Undo change 2');
    expect(await manager.text()).not.toContain('Vacancy Recruiter');
    await manager.unfold('History');
    await manager.press('Undo change 6');
    expect(await manager.text()).toContain('Vacancy Recruiter');
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
