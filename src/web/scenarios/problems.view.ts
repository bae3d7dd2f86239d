import { Html, html } from '../../pages';
import { type Difference, type Problem, titleOf } from '../../scenarios';

/** What has to be mended, each with a link to its row below. A row that the visitor may not see is not named. */
export function problemsSection(problems: readonly Problem[], rows: readonly Difference[]): Html {
  if (problems.length === 0) return html``;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return html`<h2 id="problems">To be mended (${problems.length})</h2>
    <ul>
      ${problems.slice(0, MOST_PROBLEMS).map(({ id = '', message }) => html`<li>${name(byId.get(id))}: ${message}</li>`)}
    </ul>
    ${problems.length > MOST_PROBLEMS ? html`<p class="muted">And more of them; validate_scenario of an AI client counts them.</p>` : ''}`;
}

/** Of problems that are listed. */
export const MOST_PROBLEMS = 50;

function name(row: Difference | undefined): Html {
  return row === undefined ? html`Something that your role may not see` : html`<a href="#${row.id}"><bdi>${titleOf(row)}</bdi></a>`;
}
