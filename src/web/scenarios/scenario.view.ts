import { errorSummary, facts, field, hidden, Html, html, note, Page, table } from '../../pages';
import type { Decision, Difference, HistoryEntry, ReviewAct, Scenario, Shown } from '../../scenarios';
import { titleOf } from '../../scenarios';
import type { Confirmation } from '../confirm.view';
import { impactChart, signed } from './chart.view';
import type { ImpactSeries } from './impact.service';
import { moment, statusTag } from './scenario-list.view';

export interface ScenarioView {
  readonly header: Html;
  readonly token: string;
  readonly scenario: Scenario;
  readonly differences: readonly Difference[];
  readonly more: boolean;
  readonly redacted: boolean;
  readonly impact: readonly ImpactSeries[];
  readonly history: readonly HistoryEntry[];
  /** What the visitor may do, in the order of the buttons. */
  readonly acts: readonly ReviewAct[];
  readonly error?: string;
}

export function scenarioPage(view: ScenarioView): Page {
  const { scenario, differences, error } = view;
  const conflicts = differences.filter((one) => one.conflicts);
  return {
    title: error === undefined ? scenario.title : `Error: ${scenario.title}`,
    account: view.header,
    wide: true,
    main: html`<p><a href="/scenarios">All scenarios</a></p>
      <h1><bdi>${scenario.title}</bdi> ${statusTag(scenario.status)}</h1>
      ${errorSummary(error)} ${about(scenario)} ${decide(view)}
      ${
        conflicts.length === 0
          ? ''
          : html`<h2 id="conflicts">Conflicts (${conflicts.length})</h2>
              <p>Live data moved since these were planned. Submitting and merging wait until each is resolved.</p>
              ${conflictTable(conflicts)}`
      }
      ${view.impact.length === 0 ? '' : html`<h2 id="impact">Impact</h2>`}
      ${view.impact.map((series) => html`${summary(series)}${impactChart(series)}`)}
      <h2 id="changes">Changes (${differences.length}${view.more ? '+' : ''})</h2>
      ${view.redacted ? note(html`<p>Pay and amounts are left out: your role may not see them.</p>`) : ''}
      ${differences.length === 0 ? html`<p class="muted">Nothing yet.</p>` : differences.map((one) => difference(one, scenario.status === 'MERGED'))}
      ${view.more ? html`<p class="muted">There are more; get_scenario_diff of an AI client lists all of them.</p>` : ''} ${comments(view)}
      ${history(view.history)}`,
  };
}

function about({ owner, assignees, submittedBy, type, description, rev, updatedAt, decisions }: Scenario): Html {
  const last = decisions[0];
  return html`${description === undefined ? '' : html`<p>${description}</p>`}
  ${facts([
    ['Owner', name(owner)],
    ...(assignees.length > 0 ? [['Shared with', assignees.map(name).join(', ')] as const] : []),
    ...(submittedBy ? [['Submitted by', name(submittedBy)] as const] : []),
    ['Type', type.replace('_', ' ')],
    ['Changes made', html`${rev}, last ${moment(updatedAt)} UTC`],
    ...(last
      ? [
          [
            'Last decision',
            html`${ACT_WORDS[last.act] ?? last.act} by ${name(last.by)}, ${moment(last.at)}
            UTC${last.reason ? html`: “${last.reason}”` : ''}`,
          ] as const,
        ]
      : []),
  ])}`;
}

const ACT_WORDS: Readonly<Record<string, string>> = {
  submit: 'submitted',
  withdraw: 'withdrawn',
  approve: 'approved',
  reject: 'rejected',
  archive: 'archived',
  reopen: 'reopened',
  merge: 'merged',
};

const BUTTONS: Readonly<Record<ReviewAct, string>> = {
  submit: 'Submit for approval',
  approve: 'Approve',
  reject: 'Reject',
  withdraw: 'Withdraw',
  archive: 'Archive',
  reopen: 'Reopen',
  merge: 'Merge into live data',
};

/** One form for all: the content hash that it carries is what the visitor looked at. */
function decide({ scenario, token, acts }: ScenarioView): Html {
  if (acts.length === 0) return html``;
  const reasoned = acts.includes('reject');
  return html`<form method="post" action="/scenarios/${scenario.id}/review" class="decide" aria-label="Decide">
    ${hidden({ token, hash: scenario.contentHash })}
    ${reasoned ? field({ name: 'reason', label: 'Reason (needed to reject)', type: 'text', autocomplete: 'off', optional: true }) : ''}
    <div class="actions">
      ${acts.map((act, index) => html`<button type="submit" name="act" value="${act}" class="${index === 0 ? '' : 'quiet'}">${BUTTONS[act]}</button>`)}
    </div>
  </form>`;
}

/** A merge cannot be called back, only reversed by another scenario. */
export function confirmMerge({ id, title, rev }: Scenario, { contentHash }: Decision, token: string): Confirmation {
  return {
    action: `/scenarios/${id}/review`,
    fields: { token, hash: contentHash, act: 'merge' },
    facts: [
      ['Merge', html`<bdi>${title}</bdi>`],
      ['Changes made', String(rev)],
    ],
    button: BUTTONS.merge,
    back: { path: `/scenarios/${id}`, words: 'Back to the scenario' },
  };
}

function summary({ metric, live, plan, currency }: ImpactSeries): Html {
  const last = live.length - 1;
  const what = metric === 'headcount' ? 'Heads' : `Cost per month in ${currency ?? ''}`;
  const total = (values: readonly (number | null)[]): number => values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const overall = metric === 'headcount' ? '' : html`; over ${live.length} months <strong>${signed(total(live), total(plan))}</strong>`;
  return html`<p>${what}: <strong>${signed(live[last], plan[last])}</strong> in the last month${overall}.</p>`;
}

function difference(one: Difference, merged: boolean): Html {
  return html`<article class="difference ${one.change}">
    <h3><bdi>${titleOf(one)}</bdi> <span class="tag">${one.change}</span></h3>
    ${
      one.fields.length === 0
        ? ''
        : table(
            titleOf(one),
            one.change === 'created' ? ['Field', 'Value'] : ['Field', ...(merged ? ['Before', 'Merged'] : ['Live', 'Scenario'])],
            one.fields.map(({ field: column, from, to }) => [words(column), ...(one.change === 'created' ? [] : [shown(from)]), shown(to)]),
          )
    }
  </article>`;
}

function conflictTable(rows: readonly Difference[]): Html {
  return table(
    'Conflicts',
    ['Row', 'Field', 'When planned', 'Live now', 'Scenario'],
    rows.flatMap((row) =>
      (row.conflicts ?? []).map((one) => [titleOf(row), words(one.field), shown(one.base), shown(one.live), shown(one.plan)]),
    ),
  );
}

function comments({ scenario, token }: ScenarioView): Html {
  return html`<h2 id="comments">Comments (${scenario.comments.length})</h2>
    ${scenario.comments.map(
      ({ by, at, body }) =>
        html`<article class="comment">
          <p><strong>${name(by)}</strong> <small class="muted">${moment(at)} UTC</small></p>
          <p><bdi>${body}</bdi></p>
        </article>`,
    )}
    <form method="post" action="/scenarios/${scenario.id}/comment">
      ${hidden({ token })}
      <label for="body">Comment</label>
      <textarea id="body" name="body" rows="3" maxlength="4000" required></textarea>
      <button type="submit" class="quiet">Add comment</button>
    </form>`;
}

function history(entries: readonly HistoryEntry[]): Html {
  if (entries.length === 0) return html``;
  return html`<details>
    <summary>History</summary>
    ${table(
      'History',
      ['No.', 'What', 'Who', 'Why', 'When (UTC)'],
      entries.map((one) => [
        String(one.seq),
        `${one.op} ${words(one.entity)} ${(one.fields ?? []).map(words).join(', ')}`,
        html`${name(one.by)}${one.tool === undefined ? '' : html`<br /><small class="muted">${one.tool}</small>`}`,
        one.reason ?? '',
        moment(one.at),
      ]),
    )}
  </details>`;
}

const name = (person: { id: string; name?: string }): string => person.name ?? person.id;

/** `contractedFte`, `employment_terms` → words. */
function words(field: string): string {
  return field
    .replace(/_/g, ' ')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase();
}

function shown(value: Shown | undefined): string {
  return value === null || value === undefined || value === '' ? '–' : String(value);
}
