import { choice, errorSummary, facts, field, hidden, Html, html, moment, note, type Page, table } from '../../pages';
import type { ConnectionSummary } from '../../scim';
import type { Confirmation } from '../confirm.view';

const DIRECTORIES_PATH = '/settings/directories';

/** What is asked of who connects a directory. */
export const NEW_CONNECTION_FIELDS = ['organization', 'name', 'country', 'teams'] as const;
export type NewConnectionForm = Readonly<Record<(typeof NEW_CONNECTION_FIELDS)[number], string>>;

export interface DirectoriesView {
  readonly header: Html;
  readonly token: string;
  readonly connections: readonly ConnectionSummary[];
  /** Where the visitor may connect one: id and name. */
  readonly organizations: ReadonlyArray<readonly [id: string, name: string]>;
  readonly typed?: NewConnectionForm;
  readonly error?: string;
}

const TEAMS: ReadonlyArray<readonly [value: string, label: string]> = [
  ['groups', 'Groups and their members'],
  ['department', 'The department of each person'],
];

export function directoriesPage({ header, token, connections, organizations, typed, error }: DirectoriesView): Page {
  const title = 'Directories';
  return {
    title: error === undefined ? title : `Error: ${title}`,
    account: header,
    main: html`<h1>${title}</h1>
      <p>
        A directory such as Microsoft Entra ID or Okta keeps people and teams up to date by SCIM 2.0. Each has a token of its own, which
        writes live data of one organization; pay is neither shown nor taken.
      </p>
      ${connections.length === 0 ? html`<p class="muted">No directory is connected.</p>` : list(connections, token)}
      <h2>Connect a directory</h2>
      ${errorSummary(error)}
      <form method="post" action="${DIRECTORIES_PATH}">
        ${hidden({ token })} ${organization(organizations, typed)}
        ${field({ name: 'name', label: 'Name of the directory', type: 'text', autocomplete: 'off', value: typed?.name })}
        ${field({ name: 'country', label: 'Country of new places that come without one (two letters, such as DE)', type: 'text', autocomplete: 'off', value: typed?.country })}
        ${choice({ name: 'teams', label: 'What tells the team of a person', options: TEAMS, value: typed?.teams })}
        <button type="submit">Make a token</button>
      </form>`,
  };
}

function organization(organizations: DirectoriesView['organizations'], typed?: NewConnectionForm): Html {
  const [only, another] = organizations;
  if (only && !another) return hidden({ organization: only[0] });
  return choice({ name: 'organization', label: 'Organization', options: organizations, value: typed?.organization });
}

function list(connections: readonly ConnectionSummary[], token: string): Html {
  return table(
    'Connected directories',
    ['Directory', 'Organization', 'Connected (UTC)', 'Last used (UTC)', 'Action'],
    connections.map((one) => [
      html`<strong><bdi>${one.name}</bdi></strong>`,
      one.organization,
      moment(one.createdAt),
      one.lastUsedAt === null ? 'never' : moment(one.lastUsedAt),
      one.revokedAt === null
        ? html`<form method="post" action="${revokePath(one.id)}">
            ${hidden({ token })}
            <button type="submit" class="quiet" aria-label="Revoke ${one.name} in ${one.organization}">Revoke</button>
          </form>`
        : html`<span class="muted">revoked ${moment(one.revokedAt)}</span>`,
    ]),
  );
}

/** The only time that a token is shown. */
export function newTokenPage(header: Html, name: string, address: string, token: string): Page {
  return {
    title: 'Directory connected',
    account: header,
    main: html`<h1>Directory connected</h1>
      ${note(html`<p>Copy the token now: it is not shown again. Whoever has it writes people and teams of the organization.</p>`)}
      ${facts([
        ['Directory', name],
        ['Address', html`<code>${address}</code>`],
        ['Token', html`<code>${token}</code>`],
      ])}
      <p><a href="${DIRECTORIES_PATH}">Back to the directories</a></p>`,
  };
}

export function connecting(form: NewConnectionForm, organizationName: string, token: string): Confirmation {
  return {
    action: DIRECTORIES_PATH,
    fields: { ...form, token },
    facts: [
      ['Connect', form.name],
      ['Organization', organizationName],
    ],
    button: 'Make a token',
    back: { path: DIRECTORIES_PATH, words: 'Connect none' },
  };
}

export function revoking({ id, name, organization }: ConnectionSummary, token: string): Confirmation {
  return {
    action: revokePath(id),
    fields: { token },
    facts: [
      ['Revoke', name],
      ['Organization', organization],
    ],
    button: 'Revoke',
    back: { path: DIRECTORIES_PATH, words: 'Keep the connection' },
  };
}

function revokePath(id: string): string {
  return `${DIRECTORIES_PATH}/${encodeURIComponent(id)}/revoke`;
}
