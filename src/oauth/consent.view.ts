import { facts, hidden, html, Html, note, Page } from '../pages';
import type { NarrowingScope } from '../permissions';
import type { ConnectableOrganization } from './connectable-organizations.service';
import { isLocalRedirect, redirectHost } from './redirect-uri';
import { offeredAreas, RequestedScopes } from './requested-scopes';
import { AREA_WORDS } from './scope-words';

/** What every page of an authorization shows and gives back. */
export interface AuthorizationView {
  readonly action: string;
  readonly clientName: string;
  readonly redirectUri: string;
  readonly email: string;
  /** Hidden fields: the pending request's id and the form token. */
  readonly state: Readonly<Record<string, string>>;
}

export interface ConsentView extends AuthorizationView {
  readonly organization: ConnectableOrganization;
  /** More than one could be picked. */
  readonly canPickAnother: boolean;
  readonly asked: RequestedScopes;
}

export function consentPage(view: ConsentView): Page {
  const { organization } = view;
  return {
    title: `Connect ${view.clientName}`,
    main: html`<article class="card">
      <h1>Connect ${named(view)} to Flowstate?</h1>
      ${facts([
        [
          'Organization',
          organization.name === organization.tenantName ? organization.name : `${organization.name} (${organization.tenantName})`,
        ],
        ['Your account', view.email],
        ['Sends you to', html`<code>${redirectHost(view.redirectUri)}</code>`],
      ])}
      ${isLocalRedirect(view.redirectUri) ? localWarning() : ''}
      <form method="post" action="${view.action}">
        ${hidden({ ...view.state, organization: organization.id })} ${scopesInWords(view.asked)}
        <div class="actions">
          <button type="submit" name="decision" value="approve">Approve</button>
          <button type="submit" name="decision" value="deny" class="quiet">Deny</button>
        </div>
      </form>
      <p class="muted"><small>The app stays connected until you revoke it in Settings → API Keys.</small></p>
      ${otherWays(view, view.canPickAnother)}
    </article>`,
  };
}

export function pickerPage(view: AuthorizationView, organizations: readonly ConnectableOrganization[]): Page {
  return {
    title: 'Choose an organization',
    main: html`<article class="card">
      <h1>Choose an organization</h1>
      <p class="muted">${named(view)} will be connected to this one alone. You are signed in as ${view.email}.</p>
      <form method="post" action="${view.action}">
        ${hidden(view.state)}
        <fieldset>
          <legend>Organization</legend>
          ${organizations.map(organizationChoice)}
        </fieldset>
        <button type="submit">Continue</button>
      </form>
      ${otherWays(view, false)}
    </article>`,
  };
}

/** For an account that may not connect anything here: a way out that is not a dead end. */
export function nothingToConnectPage(view: AuthorizationView): Page {
  return {
    title: 'Nothing to connect',
    main: html`<article class="card">
      <h1>Nothing to connect</h1>
      <p>
        The account ${view.email} belongs to no organization here that lets it connect apps. Ask the support of Flowstate, or use another
        account.
      </p>
      <form method="post" action="${view.action}">
        ${hidden(view.state)}
        <div class="actions">
          <button type="submit" name="decision" value="switch">Use another account</button>
          <button type="submit" name="decision" value="deny" class="quiet">Cancel</button>
        </div>
      </form>
    </article>`,
  };
}

/** Isolated, so that right-to-left letters in a name cannot reorder the sentence around it (DCR-11). */
function named({ clientName }: AuthorizationView): Html {
  return html`<bdi>${clientName}</bdi>`;
}

function organizationChoice({ id, name, tenantName }: ConnectableOrganization, at: number, all: readonly ConnectableOrganization[]): Html {
  const ambiguous = all.some((other) => other.tenantName !== tenantName);
  return html`<label>
    <input type="radio" name="organization" value="${id}" required ${at === 0 ? html`checked autofocus` : ''} />
    <span>${name} ${ambiguous ? html`<small class="muted">${tenantName}</small>` : ''}</span>
  </label>`;
}

/** Boxes say what to leave out, so that a form sent as it came grants what was asked, and every tick only narrows. */
function scopesInWords(asked: RequestedScopes): Html {
  const areas = offeredAreas(asked);
  if (areas.length === 0)
    return html`<h2>What it may use</h2>
      <p>Only the organization's name and its lists of places and job roles. The app asked for nothing else that exists here.</p>`;
  return html`<h2>What it may use in your name, within your rights</h2>
    <ul class="plain">
      ${areas.map((area) => html`<li>${AREA_WORDS[area]}</li>`)}
    </ul>
    ${leaveOut(areas)}`;
}

function leaveOut(areas: readonly NarrowingScope[]): Html {
  return html`<details>
    <summary>Leave something out</summary>
    <fieldset>
      <legend>Do not let the app use</legend>
      ${areas.map((area) => html`<label><input type="checkbox" name="leave_out" value="${area}" /><span>${AREA_WORDS[area]}</span></label>`)}
    </fieldset>
  </details>`;
}

function localWarning(): Html {
  return note(
    html`<p>
      <strong>This app runs on your own device.</strong> Flowstate cannot check who made it. Approve only if you started this connection
      yourself just now.
    </p>`,
  );
}

function otherWays(view: AuthorizationView, canPickAnother: boolean): Html {
  return html`<form method="post" action="${view.action}">
    ${hidden(view.state)}
    ${canPickAnother ? html`<button type="submit" name="decision" value="pick" class="link">Choose another organization</button> · ` : ''}
    <button type="submit" name="decision" value="switch" class="link">Use another account</button>
  </form>`;
}
