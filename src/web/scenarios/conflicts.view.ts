import { hidden, Html, html, table } from '../../pages';
import { type Difference, titleOf } from '../../scenarios';
import { shown, words } from './words';

export interface ConflictsView {
  readonly planId: string;
  readonly token: string;
  /** Of live data, as the conflicts show it. */
  readonly liveRev: number;
  readonly rows: readonly Difference[];
  readonly more: boolean;
  /** Whether the visitor may choose. */
  readonly editable: boolean;
}

type Conflict = NonNullable<Difference['conflicts']>[number];

/** What each side says, side by side, with a choice for whoever may edit the scenario: one form for all. */
export function conflictsSection({ planId, token, liveRev, rows, more, editable }: ConflictsView): Html {
  if (rows.length === 0) return html``;
  const lines = rows.flatMap((row) => (row.conflicts ?? []).map((conflict) => line(row, conflict, editable)));
  const others =
    editable && lines.length > 1
      ? [['All others', '', '', side('keep', 'live', 'All others', 'Live'), side('keep', 'plan', 'All others', 'Scenario')]]
      : [];
  const found = table('Conflicts', ['Row', 'Field', 'When planned', 'Live now', 'Scenario'], [...lines, ...others]);
  return html`<h2 id="conflicts">Conflicts (${rows.length}${more ? '+' : ''})</h2>
    <p>Live data moved since these were planned. Submitting and merging wait until each is resolved.</p>
    ${
      editable
        ? html`<form method="post" action="/scenarios/${planId}/rebase">
            ${hidden({ token, liveRev: String(liveRev) })} ${found}
            <p class="muted">Keep the live value, or what the scenario says, of each. What nothing is chosen for stays as it is.</p>
            <button type="submit">Resolve conflicts</button>
          </form>`
        : found
    }`;
}

function line(row: Difference, { field, base, live, plan }: Conflict, editable: boolean): (Html | string)[] {
  const told = [titleOf(row), words(field), shown(base)];
  if (!editable) return [...told, shown(live), shown(plan)];
  const [name, what] = [`keep ${row.id} ${field}`, `${words(field)} of ${titleOf(row)}`];
  // Nothing can be planned about a row that is no more.
  const gone = field === 'row' && live === 'deleted';
  return [...told, side(name, 'live', what, shown(live)), gone ? shown(plan) : side(name, 'plan', what, shown(plan))];
}

function side(name: string, value: 'live' | 'plan', what: string, text: string): Html {
  const label = `Keep ${value === 'live' ? 'live' : 'the scenario’s'}: ${what}`;
  return html`<label class="side"><input type="radio" name="${name}" value="${value}" aria-label="${label}" /> ${text}</label>`;
}

/** What was chosen in the form, as the rebase takes it. */
export function chosen(form: unknown): {
  expectedLiveRev: number;
  resolutions: { entityId: string; field: string; keep: 'live' | 'plan' }[];
  keep?: 'live' | 'plan';
} {
  const fields = typeof form === 'object' && form !== null ? Object.entries(form) : [];
  const value = Object.fromEntries(fields.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  const isSide = (text: string | undefined): text is 'live' | 'plan' => text === 'live' || text === 'plan';
  const resolutions = Object.entries(value).flatMap(([name, keep]) => {
    const [, entityId, field] = /^keep (\w+) (\w+)$/.exec(name) ?? [];
    return entityId !== undefined && field !== undefined && isSide(keep) ? [{ entityId, field, keep }] : [];
  });
  const { keep, liveRev = '' } = value;
  return { expectedLiveRev: /^\d{1,9}$/.test(liveRev) ? Number(liveRev) : -1, resolutions, ...(isSide(keep) && { keep }) };
}
