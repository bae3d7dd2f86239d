import { Html, html } from '../pages';

/** An organization that a page can be about. */
export interface Organization {
  readonly id: string;
  readonly name: string;
}

/** The same page of the visitor's other organizations. */
export function elsewhere(path: string, others: readonly Organization[]): Html {
  if (others.length === 0) return html``;
  return html`<p>
    Other organizations:
    ${others.map((one, index) => html`${index > 0 ? ', ' : ''}<a href="${path}?organization=${one.id}">${one.name}</a>`)}
  </p>`;
}
