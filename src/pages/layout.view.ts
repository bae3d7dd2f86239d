import { assetPath } from './assets';
import { Html, html } from './html';

export interface Page {
  /** Shown in the browser's tab before the product's name; also what a screen reader says first. */
  readonly title: string;
  readonly main: Html;
  /** The right end of the header: who is signed in and the way out. */
  readonly account?: Html;
  /** For tables and charts. */
  readonly wide?: boolean;
}

const MARK = html`<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <rect width="32" height="32" rx="7" fill="#0b6b63" />
  <path
    d="M7 11c4-4 8 4 12 0s5-2 6-1M7 17c4-4 8 4 12 0s5-2 6-1M7 23c4-4 8 4 12 0s5-2 6-1"
    fill="none"
    stroke="#fff"
    stroke-width="2.4"
    stroke-linecap="round"
  />
</svg>`;

export function layout(page: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${page.title} · Flowstate</title>
        <link rel="stylesheet" href="${assetPath('pico.css')}" />
        <link rel="stylesheet" href="${assetPath('flowstate.css')}" />
        <link rel="icon" type="image/svg+xml" href="${assetPath('favicon.svg')}" />
      </head>
      <body class="${page.wide ? 'wide' : ''}">
        <a class="skip" href="#main">Skip to content</a>
        <header>
          <nav aria-label="Flowstate">
            <a class="brand" href="/">${MARK}<span>Flowstate</span></a>
            ${page.account ?? ''}
          </nav>
        </header>
        <main id="main">${page.main}</main>
        <footer><small>Workforce planning for people and AI agents.</small></footer>
      </body>
    </html>`;
}
