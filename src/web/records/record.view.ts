import type { Document } from '../../directory';
import { type EditableField, type EditablePart, type EditableRow, fieldLabel } from '../../live-edits';
import { area, choice, errorSummary, field, hidden, Html, html, type Page } from '../../pages';

export interface RecordView {
  readonly header: Html;
  readonly document: Document;
  /** What the visitor may edit of it. */
  readonly parts: readonly EditablePart[];
}

export function recordPage({ header, document: { title, text, metadata }, parts }: RecordView): Page {
  const { asOf, redacted } = metadata;
  const notes = [asOf === undefined ? '' : `As of ${asOf}.`, redacted === undefined ? '' : `Not shown: ${redacted}.`];
  return {
    title,
    account: header,
    main: html`<h1>${title}</h1>
      <p>${notes.filter((one) => one !== '').join(' ')}</p>
      <pre>${text}</pre>
      ${
        parts.length === 0
          ? ''
          : html`<h2>Edit live data</h2>
              <ul>
                ${parts.map(({ id, noun, label }) => html`<li><a href="/records/${id}/edit">Edit ${noun} ${label}</a></li>`)}
              </ul>`
      }`,
  };
}

export interface EditView {
  readonly header: Html;
  readonly token: string;
  readonly row: EditableRow;
  readonly error?: string;
}

/** One form for whatever kind of row it is. */
export function editPage({ header, token, row, error }: EditView): Page {
  const title = `Edit ${row.noun} ${row.label}`;
  return {
    title: error === undefined ? title : `Error: ${title}`,
    account: header,
    main: html`<article class="card">
      <h1>${title}</h1>
      <p class="muted">This changes live data at once. Scenarios that plan something else for the same fields will show a conflict.</p>
      ${errorSummary(error)}
      <form method="post" action="/records/${row.id}/edit">
        ${hidden({ token, version: row.version })} ${Object.entries(row.fields).map(([column, one]) => input(column, one, row))}
        ${row.from === undefined ? '' : field({ name: 'from', label: 'In force from', type: 'date', autocomplete: 'off', value: row.from })}
        <button type="submit">Save</button>
      </form>
      <p><a href="/records/${row.of}">Leave it as it is</a></p>
    </article>`,
  };
}

function input(column: string, { kind, required }: EditableField, { texts, choices }: EditableRow): Html {
  const label = required ? fieldLabel(column) : `${fieldLabel(column)} (may be empty)`;
  const one = { name: column, label, value: texts[column] ?? '', optional: !required };
  if (kind === 'prose') return area(one);
  if (typeof kind === 'object' && 'one' in kind) return choice({ ...one, options: kind.one.map((word) => [word, word.replace('_', ' ')]) });
  const type = kind === 'date' || kind === 'email' ? kind : 'text';
  const offered = typeof kind === 'object' ? choices[kind.names] : undefined;
  return field({ ...one, type, autocomplete: 'off', offered });
}
