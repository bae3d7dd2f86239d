import { Browser } from '../../test/support/browser';
import { onDatabase } from '../../test/support/server';
import { PASSWORD } from '../approver';
import type { Dice } from '../dice';
import { pause, until } from '../pause';
import { Stage } from '../stage';
import type { Result } from '../verdict';
import { approvedPlan, type Plan, Worlds } from './planned';

/** What came of a merge whose process was killed. */
type Fate = 'undone' | 'done';

/**
 * `kill -9` in the middle of merges: live data is then, row by row, what it was, or what the scenario was, and has its
 * event in the audit trail; and what was undone can be done again.
 */
export async function merges(dice: Dice, rounds: number, serverUrl: string): Promise<Result> {
  const began = performance.now();
  const stage = await Stage.open(dice, { serverUrl, replicas: 1 });
  try {
    const url = stage.databaseUrl as string;
    const faults: string[] = [];
    const fates: Record<Fate, number> = { undone: 0, done: 0 };
    // The first one is left alone: so long does a merge take here.
    const first = await onDatabase(url, (client) => approvedPlan(client));
    const lasts = await merged(stage, first);
    let plan: Plan | undefined;
    for (let round = 1; round <= rounds; round += 1) {
      plan ??= await onDatabase(url, (client) => approvedPlan(client));
      const fate = await killed(stage, plan, dice.between(0, Math.round(lasts * 1.1)), faults);
      fates[fate] += 1;
      if (fate === 'done') plan = undefined;
      if (round % 10 === 0) console.log(`  ${round} of ${rounds} rounds, ${fates.undone} undone, ${fates.done} done`);
    }
    return {
      experiment: 'kill -9 in the middle of merges',
      did: `${rounds} kills within the ${Math.round(lasts)} ms that a merge of ${first.changes} changes takes`,
      figures: `${fates.undone} merges undone, ${fates.done} done, live rows and audit events checked after each`,
      faults,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await stage.close();
  }
}

async function killed(stage: Stage, plan: Plan, after: number, faults: string[]): Promise<Fate> {
  const [replica] = stage.replicas;
  const url = stage.databaseUrl as string;
  const worlds = (): Promise<Worlds> => onDatabase(url, (client) => Worlds.of(client, plan));
  const before = await worlds();
  const browser = await signedIn(stage);
  const form = await formOf(browser, stage, plan);
  const answered = browser.post(form.url, form.fields).then(
    ({ status, html }) => status === 200 && html.includes('Merged by'),
    () => false,
  );
  await pause(after);
  await replica?.kill();
  const told = await answered;
  await until('the killed process has left the database', async () => (await worlds()).others === 0, 30_000);
  const now = await worlds();
  await replica?.start();
  const fate: Fate = now.status === 'MERGED' ? 'done' : 'undone';
  if (now.live !== (fate === 'done' ? before.plan : before.live))
    faults.push(`${plan.id}: live is neither what it was nor the plan (${now.status})`);
  if (fate === 'undone' && now.plan !== before.plan) faults.push(`${plan.id}: the scenario is not what it was`);
  if (now.events !== (fate === 'done' ? 1 : 0))
    faults.push(`${plan.id}: ${now.events} events in the audit trail of a merge that is ${fate}`);
  if (told && fate === 'undone') faults.push(`${plan.id}: somebody was told of a merge that is not there`);
  return fate;
}

/** Anew each time: a merge wants a password that is no older than ten minutes. */
async function signedIn(stage: Stage): Promise<Browser> {
  const browser = new Browser();
  const page = await browser.get(`${stage.origin('acme')}/sign-in`);
  await browser.submit(page, { email: 'admin@acme.example', password: PASSWORD }, 'password');
  return browser;
}

/** Fetched before the clock runs, so that the kill meets the merge. */
async function formOf(browser: Browser, stage: Stage, plan: Plan): Promise<{ url: string; fields: Record<string, string> }> {
  const page = await browser.get(`${stage.origin('acme')}/scenarios/${plan.id}`);
  const form = page.forms.find(({ action }) => action.endsWith('/review'));
  if (form === undefined) throw new Error(`There is nothing to merge on ${page.url} (${page.status}).`);
  return { url: new URL(form.action, page.url).href, fields: { ...form.fields, act: 'merge' } };
}

/** @returns how long it took, in milliseconds */
async function merged(stage: Stage, plan: Plan): Promise<number> {
  const browser = await signedIn(stage);
  const { url, fields } = await formOf(browser, stage, plan);
  const began = performance.now();
  const page = await browser.post(url, fields);
  if (!page.html.includes('Merged by')) throw new Error(`Not merged (${page.status}): ${/<main[\s\S]{0,400}/.exec(page.html)?.[0]}`);
  return performance.now() - began;
}
