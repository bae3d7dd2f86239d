import { Html, html, moment, Page, table } from '../../pages';
import { INBOX_BOXES, type InboxBox, type InboxItem, type ScenarioSummary, STATUS_WORDS } from '../../scenarios';
import { elsewhere, type Organization } from '../elsewhere.view';
import { nameOf } from './words';

export interface ScenarioListView {
  readonly header: Html;
  readonly organization: Organization;
  readonly others: readonly Organization[];
  readonly scenarios: readonly ScenarioSummary[];
  readonly nextCursor?: string;
}

export function scenarioListPage({ header, organization, others, scenarios, nextCursor }: ScenarioListView): Page {
  return {
    title: 'Scenarios',
    account: header,
    wide: true,
    main: html`<h1>Scenarios of ${organization.name}</h1>
      ${elsewhere('/scenarios', others)}
      ${
        scenarios.length === 0
          ? html`<p class="muted">There is no scenario that you may see. Ask your AI client to make one: “create a scenario that …”.</p>`
          : table(
              'Scenarios',
              ['Scenario', 'Status', 'Owner', 'Changes', 'Last changed (UTC)'],
              scenarios.map((one) => [
                html`<a href="/scenarios/${one.id}"><bdi>${one.title}</bdi></a>`,
                statusTag(one.status),
                nameOf(one.owner),
                String(one.rev),
                moment(one.updatedAt),
              ]),
            )
      }
      ${nextCursor === undefined ? '' : html`<p><a href="/scenarios?organization=${organization.id}&cursor=${nextCursor}">Older scenarios</a></p>`}`,
  };
}

export interface InboxView {
  readonly header: Html;
  readonly organization: Organization;
  readonly others: readonly Organization[];
  readonly boxes: Readonly<Record<InboxBox, { readonly total: number; readonly items: readonly InboxItem[] }>>;
}

const BOXES: Readonly<Record<InboxBox, readonly [title: string, empty: string]>> = {
  toDecide: ['Waiting for your decision', 'Nothing waits for your decision.'],
  toMerge: ['Approved, to be merged', 'No approved scenario waits to be merged.'],
  drafts: ['Your drafts', 'You have no drafts with changes.'],
  waiting: ['Submitted by you', 'Nothing of yours waits for approval.'],
  decided: ['Decided lately', 'None of your scenarios was decided in the last 90 days.'],
  discussed: ['New comments', 'No new comments on your scenarios.'],
};

export function inboxPage({ header, organization, others, boxes }: InboxView): Page {
  return {
    title: 'Inbox',
    account: header,
    wide: true,
    main: html`<h1>Inbox</h1>
      <p class="muted">${organization.name}</p>
      ${elsewhere('/inbox', others)} ${INBOX_BOXES.map((box) => section(BOXES[box], boxes[box]))}`,
  };
}

function section([title, empty]: readonly [string, string], { total, items }: InboxView['boxes'][InboxBox]): Html {
  return html`<section>
    <h2>${title} (${total})</h2>
    ${
      items.length === 0
        ? html`<p class="muted">${empty}</p>`
        : html`<ul class="cards">
            ${items.map(
              (item) =>
                html`<li>
                  <a href="/scenarios/${item.id}"><bdi>${item.title}</bdi></a> ${statusTag(item.status)}
                  <small class="muted"
                    >${nameOf(item.owner)} · ${changes(item.rev)} · ${remarks(item.remarks)}${moment(item.updatedAt)}</small
                  >
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`);
const remarks = (count: number): string => (count === 0 ? '' : count === 1 ? '1 comment · ' : `${count} comments · `);

export function statusTag(status: keyof typeof STATUS_WORDS): Html {
  const words = STATUS_WORDS[status];
  return html`<span class="tag ${status.toLowerCase().replace('_', '-')}">${words.replace(/^a /, '')}</span>`;
}
