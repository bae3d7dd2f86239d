import { errorSummary, field, hidden } from './forms.view';
import { Html, html } from './html';
import type { Page } from './layout.view';

export interface SignInForm {
  readonly action: string;
  /** Hidden state that the form gives back. */
  readonly state: Readonly<Record<string, string | undefined>>;
  /** A line below the heading: why the visitor is asked. */
  readonly purpose: string | Html;
  readonly email?: string;
  readonly error?: string;
}

export function signInPage(form: SignInForm): Page {
  const wrong = form.error !== undefined;
  return {
    title: wrong ? 'Error: sign in' : 'Sign in',
    main: html`<article class="card">
      <h1>Sign in</h1>
      <p class="muted">${form.purpose}</p>
      ${errorSummary(form.error)}
      <form method="post" action="${form.action}">
        ${hidden(form.state)}
        ${field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username', value: form.email, autofocus: !form.email, invalid: wrong })}
        ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', autofocus: !!form.email, invalid: wrong })}
        <button type="submit">Sign in</button>
      </form>
    </article>`,
  };
}
