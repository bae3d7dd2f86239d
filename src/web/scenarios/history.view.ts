import { hidden, Html, html, moment, table } from '../../pages';
import type { HistoryEntry } from '../../scenarios';
import { nameOf, words } from './words';

export interface HistoryView {
  readonly planId: string;
  readonly token: string;
  readonly entries: readonly HistoryEntry[];
  readonly more: boolean;
  /** Whether the visitor may take changes back. */
  readonly editable: boolean;
}

/** Who changed what, newest first; changes that were made together are undone together. */
export function historySection({ planId, token, entries, more, editable }: HistoryView): Html {
  if (entries.length === 0) return html``;
  const rows = entries.map((one, at) => {
    const first = entries[at - 1]?.step !== one.step;
    return [
      String(one.seq),
      `${one.op} ${words(one.entity)} ${(one.fields ?? []).map(words).join(', ')}`,
      html`${nameOf(one.by)}${one.tool === undefined ? '' : html`<br /><small class="muted">${one.tool}</small>`}`,
      one.reason ?? '',
      moment(one.at),
      ...(editable ? [action(one, first)] : []),
    ];
  });
  const found = table('History', ['No.', 'What', 'Who', 'Why', 'When (UTC)', ...(editable ? ['Undo'] : [])], rows);
  return html`<details>
    <summary>History</summary>
    ${editable ? html`<form method="post" action="/scenarios/${planId}/undo">${hidden({ token })}${found}</form>` : found}
    ${more ? html`<p class="muted">There are older changes; scenario_history of an AI client lists all of them.</p>` : ''}
  </details>`;
}

function action({ seq, changeId, undone, op }: HistoryEntry, first: boolean): Html | string {
  if (undone) return 'undone';
  if (!first || op === 'rebase') return '';
  return html`<button type="submit" name="change" value="${changeId}" class="quiet" aria-label="Undo change ${seq}">Undo</button>`;
}
