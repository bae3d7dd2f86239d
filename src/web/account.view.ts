import { hidden, Html, html } from '../pages';

const SETTINGS_PAGES = { policies: 'Policies', directories: 'Directories' } as const;

/** What not everybody may open. */
export type SettingsPage = keyof typeof SETTINGS_PAGES;

/** The right end of the header. */
export function account(email: string | undefined, settings: readonly SettingsPage[], signOutToken: string): Html {
  if (email === undefined) return html`<p class="account"><a href="/sign-in">Sign in</a></p>`;
  return html`<div class="account">
    <a href="/scenarios">Scenarios</a>
    <a href="/inbox">Inbox</a>
    <span class="muted">Settings:</span>
    <a href="/settings/api-keys">API Keys</a>
    ${settings.map((page) => html`<a href="/settings/${page}">${SETTINGS_PAGES[page]}</a>`)}
    <span class="muted">${email}</span>
    <form method="post" action="/sign-out">
      ${hidden({ token: signOutToken })}
      <button type="submit" class="link">Sign out</button>
    </form>
  </div>`;
}
