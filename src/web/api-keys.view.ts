import { hidden, Html, html, moment, Page, table } from '../pages';
import { AREA_WORDS, type GrantSummary } from '../oauth';
import { isNarrowingScope } from '../permissions';
import type { Confirmation } from './confirm.view';

export interface ApiKeysView {
  readonly header: Html;
  readonly grants: readonly GrantSummary[];
  readonly token: string;
  readonly justRevoked: boolean;
}

export function apiKeysPage(view: ApiKeysView): Page {
  const columns = ['App', 'May use', 'Connected (UTC)', 'Last used (UTC)', 'Action'];
  return {
    title: 'API Keys',
    account: view.header,
    main: html`<h1>API Keys</h1>
      <p>Apps that may use Flowstate in your name. Revoking one ends its access at once.</p>
      ${view.justRevoked ? html`<div class="note" role="status"><p>The connection was revoked.</p></div>` : ''}
      ${
        view.grants.length === 0
          ? html`<p class="muted">No app is connected. The <a href="/">start page</a> says how to connect one.</p>`
          : table(
              'Connected apps',
              columns,
              view.grants.map((grant) => row(grant, view.token)),
            )
      }`,
  };
}

export function revocation({ id, clientName, organization }: GrantSummary, token: string): Confirmation {
  return {
    action: revokePath(id),
    fields: { token },
    facts: [
      ['Revoke', clientName],
      ['Organization', organization],
    ],
    button: 'Revoke',
    back: { path: '/settings/api-keys', words: 'Keep the connection' },
  };
}

function row(grant: GrantSummary, token: string): readonly (Html | string)[] {
  return [
    twoLines(html`<strong><bdi>${grant.clientName}</bdi></strong>`, grant.organization),
    areas(grant),
    moment(grant.createdAt),
    twoLines(grant.lastUsedAt === null ? 'never' : moment(grant.lastUsedAt), grant.lastIp === null ? '' : `from ${grant.lastIp}`),
    html`<form method="post" action="${revokePath(grant.id)}">
      ${hidden({ token })}
      <button type="submit" class="quiet" aria-label="Revoke ${grant.clientName} in ${grant.organization}">Revoke</button>
    </form>`,
  ];
}

function twoLines(first: Html | string, second: string): Html {
  return html`${first}<br /><small class="muted">${second}</small>`;
}

/** Whichever says the same in fewer words: what is in, or what was left out. */
function areas({ narrowed, scopes }: GrantSummary): string {
  if (!narrowed) return 'Everything you may do';
  const granted = new Set(scopes.filter(isNarrowingScope).map((scope) => AREA_WORDS[scope]));
  const missing = [...new Set(Object.values(AREA_WORDS))].filter((words) => !granted.has(words));
  if (granted.size === 0) return 'Reference lists only';
  if (missing.length === 0) return 'All areas';
  return missing.length < granted.size ? `All areas but: ${missing.join('; ')}` : [...granted].join('; ');
}

function revokePath(id: string): string {
  return `/settings/api-keys/${encodeURIComponent(id)}/revoke`;
}
