import type { TestOrganization } from '../workforce/organization';
import { ImportBench } from './import-bench';

let desk: ImportBench;
let org: TestOrganization;
beforeAll(async () => {
  desk = await ImportBench.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  org = await desk.bench.organization();
});

const NOTHING = { created: 0, changed: 0, unchanged: 0, refused: 0, warnings: 0 };

describe('an operator who imports teams', () => {
  const HEADER = ['Team ID', 'Team name', 'Parent', 'Type', 'Team lead', 'Cost center'];
  const tree = (): Promise<unknown[]> =>
    desk.rows(
      org,
      `select t.external_id as number, t.name, p.name as parent, t.team_type as type, e.last_name as lead, c.code as centre
       from team t left join team p on p.org_id = t.org_id and p.id = t.parent_team_id left join employee e on e.org_id = t.org_id and e.id = t.manager_id
       left join cost_centre c on c.org_id = t.org_id and c.id = t.cost_centre_id where t.org_id = $1 order by 1 nulls first, 2`,
    );

  it('gets the tree, whatever the order of the rows, and nothing by a second run', async () => {
    await org.person({ first: 'Lea', last: 'Lead', email: 'lea@example.test' });
    const file = [
      HEADER,
      ['T3', 'Backend', 'T2', 'squad', '', ''],
      ['T2', 'Platform', 'Engineering', 'tribe', 'lea@example.test', 'CC-1'],
      ['T1', 'Engineering', '', '', 'Lead, Lea', 'CC-1'],
    ];
    const dry = await desk.bring(org, 'teams', file, { dryRun: true });
    expect(dry.figures).toEqual({ ...NOTHING, created: 3, 'new cost centres': 1 });
    expect(await tree()).toEqual([]);
    expect((await desk.bring(org, 'teams', file)).figures).toEqual({ ...NOTHING, created: 3, 'new cost centres': 1 });
    expect(await tree()).toEqual([
      { number: 'T1', name: 'Engineering', parent: null, type: null, lead: 'Lead', centre: 'CC-1' },
      { number: 'T2', name: 'Platform', parent: 'Engineering', type: 'tribe', lead: 'Lead', centre: 'CC-1' },
      { number: 'T3', name: 'Backend', parent: 'Platform', type: 'squad', lead: null, centre: null },
    ]);
    const before = await desk.live(org);
    for (const options of [{}, { atomic: true }, { dryRun: true }]) {
      expect((await desk.bring(org, 'teams', file, options)).figures).toEqual({ ...NOTHING, unchanged: 3 });
    }
    expect(await desk.live(org)).toEqual(before);
  });

  it('has teams that are there without a number taken for those of the file', async () => {
    const id = await org.team('Platform');
    const { figures } = await desk.bring(org, 'teams', [HEADER, ['T2', 'PLATFORM', '', '', '', '']]);
    expect(figures).toEqual({ ...NOTHING, changed: 1 });
    expect(await desk.rows(org, 'select id, external_id as number, name from team where org_id = $1')).toEqual([
      { id, number: 'T2', name: 'PLATFORM' },
    ]);
  });

  it('hears of circles, strangers and what is ambiguous by line, and the rest goes in', async () => {
    await org.people([
      { first: 'Twin', last: 'Two', email: 'a@example.test' },
      { first: 'Twin', last: 'Two', email: 'b@example.test' },
    ]);
    const { figures, lines } = await desk.bring(org, 'teams', [
      HEADER,
      ['A', 'Alpha', 'B', '', '', ''],
      ['B', 'Beta', 'A', '', '', ''],
      ['C', 'Gamma', 'Nowhere', '', '', ''],
      ['D', 'Delta', '', '', 'Twin Two', ''],
      ['E', 'Epsilon', '', '', 'b@example.test', ''],
      ['E', 'Zeta', '', '', '', ''],
      ['F', 'Epsilon', '', '', '', ''],
      ['G', 'Eta', 'F', '', '', ''],
      ['H', '', '', '', '', ''],
    ]);
    expect(lines).toEqual([
      'Line 2 refused: the row of its parent was refused.',
      'Line 3 refused: with this parent (column Parent) it would be below itself.',
      'Line 4 refused: parent (column Parent) names no team of the organization.',
      'Line 5 refused: manager (column Team lead) is AMBIGUOUS: more than one employee is called so; say which by its id, here or in the mapping.',
      'Line 7 refused: is about the same team as line 6.',
      'Line 8 refused: another team directly below the same one has this name.',
      'Line 9 refused: the row of its parent was refused.',
      'Line 10 refused: name (column Team name) is blank.',
    ]);
    expect(figures).toEqual({ ...NOTHING, created: 1, refused: 8 });
  });
});
