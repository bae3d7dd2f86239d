import { Bench } from '../workforce/organization';
import { ask, rows, totals } from './desk';

describe('figures about people', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  it('counts heads by team and month', async () => {
    const org = await bench.organization();
    const team = await org.team('Platform');
    await org.people([{ team }, { team, start: '2026-02-10' }, { start: '2025-01-01', end: '2026-01-31', fte: 0.5 }]);
    const answer = await ask(org, {
      metrics: ['headcount', 'fte', 'joiners', 'leavers', 'attrition_rate'],
      dimensions: ['team', 'period'],
      period: { from: '2026-01-01', to: '2026-03-31' },
    });
    const line = (name: string | null, period: string | null, ...figures: number[]) => ({
      ...{ team: name && team, team_name: name, period, headcount: figures[0], fte: figures[1] },
      ...{ joiners: figures[2], leavers: figures[3], attrition_rate: figures[4] },
    });
    expect(rows(answer)).toEqual([
      line('Platform', '2026-01-01', 1, 1, 0, 0, 0),
      line('Platform', '2026-02-01', 2, 2, 1, 0, 0),
      line('Platform', '2026-03-01', 2, 2, 0, 0, 0),
      line(null, '2026-01-01', 1, 0.5, 0, 1, 1),
    ]);
    expect(totals(answer)).toEqual(line(null, null, 2, 2, 1, 1, 0.5));
  });
});
