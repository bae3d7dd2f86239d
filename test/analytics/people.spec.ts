import { newId } from '../../src/database';
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

  it('plans a vacancy while nobody fills it: until its filler comes, and again after they have left', async () => {
    const org = await bench.organization();
    const filler = await org.person({ start: '2026-02-01', end: '2026-03-31' });
    const [project, vacancy] = [newId('prj'), newId('vac')];
    await org.insert('project', [{ id: project, name: 'P', status: 'active', lifecycle_stage: 'approved', capex_class: 'none' }]);
    const wanted = { role: 'Wanted', status: 'filled', fte: 1, target_start_date: '2026-01-01' };
    await org.insert('vacancy', [{ id: vacancy, ...wanted, filled_by_employee_id: filler }]);
    const booking = { vacancy_id: vacancy, target_project_id: project, fte: 0.5, start_date: '2026-01-01', is_primary: false };
    await org.insert('allocation', [{ id: newId('alc'), ...booking }]);
    const answer = await ask(org, {
      metrics: ['allocated_fte', 'vacancy_count'],
      granularity: 'month',
      period: { from: '2026-01-01', to: '2026-04-30' },
    });
    expect(answer.rows.map(([, ...figures]) => figures)).toEqual([
      [0.5, 1],
      [0, 0],
      [0, 0],
      [0.5, 1],
    ]);
  });
});
