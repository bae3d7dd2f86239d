import { Html, html } from './html';
import type { Page } from './layout.view';

/** A page that says one thing: an error before any redirect is safe, or the end of a way. */
export function messagePage(title: string, sentence: string, more?: Html): Page {
  return {
    title,
    main: html`<article class="card">
      <h1>${title}</h1>
      <p>${sentence}</p>
      ${more ?? ''}
    </article>`,
  };
}
