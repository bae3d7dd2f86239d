import { Html, html } from './html';

/** Minutes are enough, and one time zone for everybody: the page does not know the reader's. */
export function moment(at: Date | string): Html {
  const iso = typeof at === 'string' ? at : at.toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')}</time>`;
}
