import { errorSummary, facts, field, hidden, Html, html, Page } from '../pages';

/** What a person is about to do, so that they see it once more where their password is asked for. */
export interface Confirmation {
  readonly action: string;
  /** What the form sends again, its token included. */
  readonly fields: Readonly<Record<string, string>>;
  readonly facts: ReadonlyArray<readonly [string, Html | string]>;
  readonly button: string;
  readonly back: { readonly path: string; readonly words: string };
}

/** Asked where the last password is more than ten minutes ago. */
export function confirmPage(wish: Confirmation, header: Html, email: string, error?: string): Page {
  return {
    title: 'Confirm that it is you',
    account: header,
    main: html`<article class="card">
      <h1>Confirm that it is you</h1>
      ${errorSummary(error)} ${facts(wish.facts)}
      <form method="post" action="${wish.action}">
        ${hidden(wish.fields)}
        <input type="email" name="username" value="${email}" autocomplete="username" readonly hidden />
        ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', autofocus: true, invalid: error !== undefined })}
        <button type="submit">${wish.button}</button>
      </form>
      <p><a href="${wish.back.path}">${wish.back.words}</a></p>
    </article>`,
  };
}
