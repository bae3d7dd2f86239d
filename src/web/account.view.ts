import { hidden, Html, html } from '../pages';

/** The right end of the header. */
export function account(email: string | undefined, signOutToken: string): Html {
  if (email === undefined) return html`<p class="account"><a href="/sign-in">Sign in</a></p>`;
  return html`<div class="account">
    <a href="/scenarios">Scenarios</a>
    <a href="/inbox">Inbox</a>
    <a href="/settings/api-keys">API Keys</a>
    <span class="muted">${email}</span>
    <form method="post" action="/sign-out">
      ${hidden({ token: signOutToken })}
      <button type="submit" class="link">Sign out</button>
    </form>
  </div>`;
}
