import { table } from './report';
import type { Spread } from './reads';
import { type ScenarioTimes, WARM_UP } from './scenarios';

/** Figures of the whole organization may take so many times as long as live ones, everything else so many milliseconds longer. */
const TIMES = 1.3;
const LONGER = 15;
/** p95 in milliseconds: of creating a scenario, of a change, and of what a live change takes longer where a scenario follows it. */
const CREATE = 10;
const WRITE = 30;
const FOLLOW = 2;

const both = ({ p50, p95 }: Spread): string => `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
const held = (text: string, kept: boolean): string => (kept ? text : `**${text}**`);

export function scenariosReport({ people, changes, reads, create, write, edit, followed }: ScenarioTimes): string {
  const follow = followed.p50 - edit.p50;
  return [
    `${people.toLocaleString('en')} people, a scenario of ${changes.toLocaleString('en')} changes; one request after the other, over HTTP. ${WARM_UP.scenarios} scenarios and ${WARM_UP.changes} changes of another scenario came before those that were measured.`,
    table(
      ['Writing', 'Target, ms', 'p50 / p95, ms'],
      [
        ['create_scenario', String(CREATE), held(both(create), create.p95 <= CREATE)],
        ['A change, with its impact and warnings', String(WRITE), held(both(write), write.p95 <= WRITE)],
        ['A change of live pay, below no scenario', '', both(edit)],
        ['The same below the scenario: longer by', String(FOLLOW), held(`${follow.toFixed(1)} (${both(followed)})`, follow <= FOLLOW)],
      ],
    ),
    table(
      ['p50 / p95, ms', 'Live', 'Scenario', 'Difference of p50', 'Target'],
      reads.map(({ name, whole, live, scenario }) => {
        const [ratio, longer] = [scenario.p50 / live.p50, scenario.p50 - live.p50];
        const difference = whole ? `${ratio.toFixed(2)} ×` : `${longer.toFixed(1)} ms`;
        return [
          ...[name, both(live), both(scenario), held(difference, whole ? ratio <= TIMES : longer <= LONGER)],
          whole ? `${TIMES} ×` : `${LONGER} ms`,
        ];
      }),
    ),
  ].join('\n\n');
}
