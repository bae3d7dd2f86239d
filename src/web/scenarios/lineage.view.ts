import { facts, hidden, Html, html, moment } from '../../pages';
import type { Scenario } from '../../scenarios';

/** Where a scenario comes from and what became of it: whom it takes back, who approved and merged it, and who takes it back. */
export function lineage(scenario: Scenario, token: string, mayReverse: boolean): Html {
  const { reversesPlanId, sourcePlanId, mergedLiveRev, reversedBy = [] } = scenario;
  const rows = [
    ...(sourcePlanId === undefined ? [] : [['Copied from', link(sourcePlanId)] as const]),
    ...(reversesPlanId === undefined ? [] : [['Takes back', link(reversesPlanId)] as const]),
    ...(mergedLiveRev === undefined ? [] : merge(scenario, mergedLiveRev)),
    ...(reversedBy.length === 0 ? [] : [['Taken back by', html`${reversedBy.map((id) => html`${link(id)} `)}`] as const]),
  ];
  return html`${rows.length === 0 ? '' : facts(rows)} ${mayReverse ? reverse(scenario, token) : ''}`;
}

function merge({ decisions }: Scenario, liveRev: number): (readonly [string, Html | string])[] {
  const by = (act: string): Html | undefined => {
    const found = decisions.find((one) => one.act === act);
    return found && html`${found.by.name ?? found.by.id}, ${moment(found.at)} UTC`;
  };
  return [
    ['Approved by', by('approve') ?? ''],
    ['Merged by', by('merge') ?? ''],
    ['Live revision', String(liveRev)],
  ];
}

function reverse({ id }: Scenario, token: string): Html {
  return html`<form method="post" action="/scenarios/${id}/reverse" class="decide" aria-label="Reverse">
    ${hidden({ token })}
    <p>
      Reversing makes a new draft that gives back what was before, for approval like any other. What has changed again since is in conflict
      there.
    </p>
    <div class="actions"><button type="submit" class="quiet">Reverse into a new draft</button></div>
  </form>`;
}

function link(id: string): Html {
  return html`<a href="/scenarios/${id}">${id}</a>`;
}
