import { type Permission, permissionsOfRole } from '../../src/permissions';
import { Bench, TestOrganization } from './organization';

describe('the top teams of the context', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  const topTeams = async (org: TestOrganization, who: string | Permission[] = 'owner'): Promise<[string, number][] | undefined> =>
    (await org.as(who, (ctx) => bench.context.read(ctx))).topTeams?.map(({ name, headcount }) => [name, headcount]);

  it('TEN-8 are those of the live data at hand, of each organization its own, and of nobody without the rights', async () => {
    const [one, other] = [await bench.organization(), await bench.organization()];
    const upper = await one.team('Upper');
    await one.people([{ team: await one.team('Branch', upper) }, { team: upper }]);
    await other.team('Elsewhere');
    const first = [
      ['Upper', 2],
      ['Branch', 1],
    ];
    for (let time = 0; time < 2; time += 1) {
      expect(await topTeams(one)).toEqual(first);
      expect(await topTeams(other)).toEqual([['Elsewhere', 0]]);
    }
    await one.edit(`update team set name = 'Top' where org_id = $1 and id = $2`, upper);
    expect(await topTeams(one)).toEqual([['Top', 2], first[1]]);
    const without = [...permissionsOfRole('owner')].filter((permission) => permission !== 'teams.read');
    expect(await topTeams(one, without)).toBeUndefined();
    expect(await topTeams(one)).toEqual([['Top', 2], first[1]]);
  });
});
