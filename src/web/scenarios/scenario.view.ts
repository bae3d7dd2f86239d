import { errorSummary, facts, field, hidden, Html, html, moment, note, Page, table } from '../../pages';
import type { Decision, Difference, Problem, ReviewAct, Scenario } from '../../scenarios';
import { titleOf } from '../../scenarios';
import type { Confirmation } from '../confirm.view';
import { impactChart, signed } from './chart.view';
import type { ImpactSeries } from './impact.service';
import { type ConflictsView, conflictsSection } from './conflicts.view';
import { type HistoryView, historySection } from './history.view';
import { lineage } from './lineage.view';
import { problemsSection } from './problems.view';
import { statusTag } from './scenario-list.view';
import { nameOf, shown, words } from './words';

export interface ScenarioView {
  readonly header: Html;
  readonly token: string;
  readonly scenario: Scenario;
  readonly differences: readonly Difference[];
  readonly more: boolean;
  readonly redacted: boolean;
  readonly impact: readonly ImpactSeries[];
  readonly conflicts: Pick<ConflictsView, 'rows' | 'more' | 'liveRev'>;
  readonly history: Pick<HistoryView, 'entries' | 'more'>;
  /** Whether the visitor may change the scenario as it stands. */
  readonly editable: boolean;
  /** What the visitor may do, in the order of the buttons. */
  readonly acts: readonly ReviewAct[];
  readonly mayReverse: boolean;
  readonly error?: string;
  /** What the error is about. */
  readonly problems: readonly Problem[];
}

export function scenarioPage(view: ScenarioView): Page {
  const { scenario, differences, token, error } = view;
  return {
    title: error === undefined ? scenario.title : `Error: ${scenario.title}`,
    account: view.header,
    wide: true,
    main: html`<p><a href="/scenarios">All scenarios</a></p>
      <h1><bdi>${scenario.title}</bdi> ${statusTag(scenario.status)}</h1>
      ${errorSummary(error)} ${problemsSection(view.problems, differences)} ${about(scenario)} ${lineage(scenario, token, view.mayReverse)}
      ${decide(view)} ${conflictsSection({ ...view.conflicts, planId: scenario.id, token, editable: view.editable })}
      ${view.impact.length === 0 ? '' : html`<h2 id="impact">Impact</h2>`}
      ${view.impact.map((series) => html`${summary(series)}${impactChart(series)}`)}
      <h2 id="changes">Changes (${differences.length}${view.more ? '+' : ''})</h2>
      ${view.redacted ? note(html`<p>Pay and amounts are left out: your role may not see them.</p>`) : ''}
      ${differences.length === 0 ? html`<p class="muted">Nothing yet.</p>` : differences.map((one) => difference(one, scenario.status === 'MERGED'))}
      ${view.more ? html`<p class="muted">There are more; get_scenario_diff of an AI client lists all of them.</p>` : ''} ${comments(view)}
      ${historySection({ ...view.history, planId: scenario.id, token, editable: view.editable })}`,
  };
}

function about({ owner, assignees, submittedBy, type, description, rev, updatedAt, decisions }: Scenario): Html {
  const last = decisions[0];
  return html`${description === undefined ? '' : html`<p>${description}</p>`}
  ${facts([
    ['Owner', nameOf(owner)],
    ...(assignees.length > 0 ? [['Shared with', assignees.map(nameOf).join(', ')] as const] : []),
    ...(submittedBy ? [['Submitted by', nameOf(submittedBy)] as const] : []),
    ['Type', type.replace('_', ' ')],
    ['Changes made', html`${rev}, last ${moment(updatedAt)} UTC`],
    ...(last
      ? [
          [
            'Last decision',
            html`${ACT_WORDS[last.act] ?? last.act} by ${nameOf(last.by)}, ${moment(last.at)}
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

/** What a scenario is waiting for. */
const FORWARD: ReadonlySet<ReviewAct> = new Set(['submit', 'approve', 'merge']);

/** The content hash is what the visitor looked at. A form of its own for the rejection: Enter in its reason must not approve. */
function decide({ scenario, token, acts }: ScenarioView): Html {
  const act = (which: readonly ReviewAct[], label: string, before: Html | string = ''): Html =>
    which.length === 0
      ? html``
      : html`<form method="post" action="/scenarios/${scenario.id}/review" class="decide" aria-label="${label}">
          ${hidden({ token, hash: scenario.contentHash })} ${before}
          <div class="actions">
            ${which.map((one) => html`<button type="submit" name="act" value="${one}" class="${FORWARD.has(one) ? '' : 'quiet'}">${BUTTONS[one]}</button>`)}
          </div>
        </form>`;
  const reason = field({ name: 'reason', label: 'Reason', type: 'text', autocomplete: 'off' });
  return html`${act(
    acts.filter((one) => one !== 'reject'),
    'Decide',
  )}
  ${act(
    acts.filter((one) => one === 'reject'),
    'Reject',
    reason,
  )}`;
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
  return html`<article class="difference ${one.change}" id="${one.id}">
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

function comments({ scenario, token }: ScenarioView): Html {
  return html`<h2 id="comments">Comments (${scenario.comments.length})</h2>
    ${scenario.comments.map(
      ({ by, at, body }) =>
        html`<article class="comment">
          <p><strong>${nameOf(by)}</strong> <small class="muted">${moment(at)} UTC</small></p>
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
