import { hidden, type Html, html, note, type Page, radios } from '../../pages';
import { ORGANIZATION_SETTING_NAMES, type OrganizationSetting, type Policies, type SettingValue } from '../../tenants';
import type { Confirmation } from '../confirm.view';
import { elsewhere, type Organization } from '../elsewhere.view';

export const POLICIES_PATH = '/settings/policies';

type Words = {
  readonly [S in OrganizationSetting]: { readonly label: string; readonly values: Readonly<Record<SettingValue<S>, string>> };
};

const WORDS: Words = {
  'write-mode': {
    label: 'AI clients and scenarios',
    values: {
      direct: 'They may change scenarios, which are only plans: every change can be undone, and people decide on the whole.',
      confirm_destructive: 'They may change scenarios, but show first what they would delete, terminate, discard or do much of at once.',
      off: 'They may read scenarios only. On the pages people comment, undo changes, resolve conflicts, submit and decide, but plan nothing new.',
    },
  },
  'over-allocation': {
    label: 'Allocations above what people are employed for',
    values: {
      warn: 'Warn of them.',
      block: 'Refuse them in scenarios: when they are written, submitted, approved and merged.',
    },
  },
};

export interface PoliciesView {
  readonly header: Html;
  readonly token: string;
  readonly organization: Organization;
  readonly others: readonly Organization[];
  readonly policies: Policies;
  readonly justSaved: boolean;
}

export function policiesPage({ header, token, organization, others, policies, justSaved }: PoliciesView): Page {
  return {
    title: 'Policies',
    account: header,
    main: html`<h1>Policies of ${organization.name}</h1>
      ${elsewhere(POLICIES_PATH, others)}
      ${justSaved ? html`<div class="note" role="status"><p>Saved: in force from now on.</p></div>` : ''}
      <form method="post" action="${POLICIES_PATH}">
        ${hidden({ token, organization: organization.id })}
        ${ORGANIZATION_SETTING_NAMES.map((name) =>
          radios({ name, label: WORDS[name].label, value: policies[name], options: Object.entries(WORDS[name].values) }),
        )}
        <button type="submit">Save</button>
      </form>
      ${note(html`<p>Each change is in the audit trail, with who made it.</p>`)}`,
  };
}

export function setting(organization: Organization, policies: Policies, token: string): Confirmation {
  return {
    action: POLICIES_PATH,
    fields: { ...policies, organization: organization.id, token },
    facts: [
      ['Organization', organization.name],
      ...ORGANIZATION_SETTING_NAMES.map((name) => [WORDS[name].label, wordsOf(name, policies[name])] as const),
    ],
    button: 'Save',
    back: { path: `${POLICIES_PATH}?organization=${organization.id}`, words: 'Leave them as they are' },
  };
}

function wordsOf(name: OrganizationSetting, value: string): string {
  return (WORDS[name].values as Readonly<Record<string, string>>)[value] ?? value;
}
