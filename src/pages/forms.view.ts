import { Html, html } from './html';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: 'date' | 'email' | 'password' | 'text';
  readonly autocomplete: string;
  readonly value?: string;
  readonly autofocus?: boolean;
  readonly optional?: boolean;
  /** Offered while one types; anything else may be written, too. */
  readonly offered?: readonly string[];
  /** Marks the field as wrong and says so to a screen reader. */
  readonly invalid?: boolean;
}

export function field(one: Field): Html {
  const id = `field-${one.name}`;
  return html`<label for="${id}">${one.label}</label>
    <input
      id="${id}"
      name="${one.name}"
      type="${one.type}"
      autocomplete="${one.autocomplete}"
      value="${one.value ?? ''}"
      ${one.optional ? '' : html`required`}
      maxlength="256"
      ${one.type === 'text' ? '' : html`autocapitalize="none" spellcheck="false"`}
      ${one.invalid ? html`aria-invalid="true" aria-describedby="error"` : ''}
      ${one.autofocus ? html`autofocus` : ''}
      ${one.offered ? html`list="${id}-offered"` : ''}
    />
    ${one.offered ? html`<datalist id="${id}-offered">${one.offered.map((text) => html`<option value="${text}"></option>`)}</datalist>` : ''}`;
}

export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  /** What is sent, and how it is called. */
  readonly options: ReadonlyArray<readonly [value: string, label: string]>;
}

/** One of a few. */
export function choice({ name, label, value, options }: Choice): Html {
  return html`<label for="field-${name}">${label}</label>
    <select id="field-${name}" name="${name}">
      ${options.map(([sent, called]) => html`<option value="${sent}" ${sent === value ? html`selected` : ''}>${called}</option>`)}
    </select>`;
}

/** One of a few that need a sentence each. */
export function radios({ name, label, value, options }: Choice): Html {
  return html`<fieldset>
    <legend>${label}</legend>
    ${options.map(
      ([sent, called]) =>
        html`<label
          ><input type="radio" name="${name}" value="${sent}" required ${sent === value ? html`checked` : ''} /> ${called}</label
        >`,
    )}
  </fieldset>`;
}

/** Several lines of text. */
export function area({ name, label, value, optional }: Pick<Field, 'name' | 'label' | 'value' | 'optional'>): Html {
  return html`<label for="field-${name}">${label}</label>
    <textarea id="field-${name}" name="${name}" rows="3" maxlength="5000" ${optional ? '' : html`required`}>${value ?? ''}</textarea>`;
}

export function hidden(values: Readonly<Record<string, string | undefined>>): Html {
  return html`${Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}`;
}

/** What went wrong, read out at once by a screen reader. */
export function errorSummary(sentence: string | undefined): Html {
  return sentence === undefined ? html`` : html`<div class="alert" role="alert" id="error"><p>${sentence}</p></div>`;
}

export function note(content: Html): Html {
  return html`<div class="note" role="note">${content}</div>`;
}

/** Name and value pairs, in the order given. */
export function facts(rows: ReadonlyArray<readonly [string, Html | string]>): Html {
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

/** A table that scrolls by itself on a narrow screen; the caption names it. */
export function table(caption: string, columns: readonly string[], rows: ReadonlyArray<ReadonlyArray<Html | string>>): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
