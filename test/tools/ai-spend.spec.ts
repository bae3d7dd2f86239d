import { newId } from '../../src/database';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import type { Row } from '../workforce/organization';
import { Desk } from './desk';

const PERIOD = { from: '2026-03-01', to: '2026-04-30' };
/** EUR for one unit, from a day on; kroner have no rate. */
const RATES: Record<string, [string, number][]> = {
  EUR: [['0000-01-01', 1]],
  USD: [
    ['2020-01-01', 0.9],
    ['2026-04-01', 0.8],
  ],
  GBP: [['2020-01-01', 1 / 0.85]],
  NOK: [],
};

interface Use {
  account: string;
  day: string;
  system: string;
  currency: string;
  cost: number;
  input: number;
  sessions: number;
}

/** [team, fte, first day, last day] */
type Stay = [team: string, fte: number, from: string, to: string];
const isPrimary = ([, fte]: Stay): boolean => fte >= 0.5;

describe('tools about AI spend', () => {
  let world: World;
  let desk: Desk;
  const teams: Record<string, string> = {};
  const people: Record<string, { id: string; stays: Stay[] }> = {};
  const accounts: Record<string, { id: string; person?: string }> = {};
  const uses: Use[] = [];

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    await org.rate('USD', 'EUR', '0.9');
    await org.rate('USD', 'EUR', '0.8', '2026-04-01');
    await org.rate('EUR', 'GBP', '0.85');
    for (const [name, parent] of [['Platform'], ['Mobile', 'Platform'], ['Sales']] as const)
      teams[name] = await org.team(name, parent === undefined ? null : teams[parent]);
    const stays: Record<string, Stay[]> = {
      ann: [['Mobile', 1, '2024-01-01', '9999-12-31']],
      ben: [
        ['Mobile', 0.75, '2024-01-01', '2026-03-31'],
        ['Sales', 0.25, '2024-01-01', '9999-12-31'],
        ['Platform', 0.5, '2026-04-01', '9999-12-31'],
      ],
      cat: [['Platform', 1, '2024-01-01', '9999-12-31']],
      dan: [['Platform', 1, '2024-01-01', '9999-12-31']],
      eve: [['Mobile', 1, '2024-01-01', '9999-12-31']],
      fay: [['Mobile', 1, '2024-01-01', '9999-12-31']],
      gus: [],
      hal: [['Sales', 1, '2024-01-01', '9999-12-31']],
    };
    for (const [name, own] of Object.entries(stays)) {
      const id = await org.person({ first: name, last: 'User' });
      people[name] = { id, stays: own };
      for (const [team, fte, from, to] of own)
        await desk.allocate({
          ...{ employee_id: id, target_team_id: teams[team], fte, start_date: from, end_date: to === '9999-12-31' ? null : to },
          is_primary: isPrimary([team, fte, from, to]),
        });
    }
    const owners = { a1: 'ann', b1: 'ben', b2: 'ben', c1: 'cat', d1: 'dan', e1: 'eve', f1: 'fay', g1: 'gus', x1: undefined, x2: undefined };
    for (const [name, person] of Object.entries(owners)) {
      const id = newId('acc');
      accounts[name] = { id, ...(person && { person }) };
      await org.insert('ai_account', [
        { id, provider: 'Test', account: `${name}@example.test`, employee_id: person ? people[person]!.id : null },
      ]);
    }
    use('a1', '2026-02-28', 'Cursor', 'EUR', 1000, 1, 1); // the day before
    use('a1', '2026-03-01', 'Cursor', 'USD', 10.5, 1_000, 3);
    use('a1', '2026-04-30', 'Cursor', 'USD', 20.25, 2_000, 4);
    use('a1', '2026-04-30', 'ChatGPT', 'GBP', 1.7, 10, 1);
    use('a1', '2026-05-01', 'Cursor', 'EUR', 1000, 1, 1); // the day after
    use('b1', '2026-03-31', 'Cursor', 'EUR', 100, 4_000, 8);
    use('b2', '2026-04-01', 'ChatGPT', 'EUR', 30, 3_000, 6);
    use('c1', '2026-03-10', 'Cursor', 'EUR', 5, 500, 1);
    use('d1', '2026-03-11', 'Cursor', 'EUR', 7, 700, 1);
    use('e1', '2026-03-12', 'Claude Code', 'USD', 400, 70_000, 9);
    use('e1', '2026-04-12', 'Claude Code', 'NOK', 900, 80_000, 9);
    use('f1', '2026-04-13', 'Claude Code', 'EUR', 60, 9_000, 2);
    use('g1', '2026-04-14', 'ChatGPT', 'EUR', 2.5, 100, 1);
    use('x1', '2026-04-15', 'ChatGPT', 'EUR', 15, 1_500, 5);
    use('x2', '2026-04-16', 'Cursor', 'NOK', 40, 1_600, 5);
    await org.insert('ai_usage_day', uses.map(row));
  });
  afterAll(() => world.close());

  function use(account: string, day: string, system: string, currency: string, cost: number, input: number, sessions: number): void {
    uses.push({ account, day, system, currency, cost, input, sessions });
  }

  const row = ({ account, day, system, currency, cost, input, sessions }: Use): Row => ({
    ...{ account_id: accounts[account]!.id, day, system, model: 'm', currency, cost: String(cost), sessions },
    ...{ input_tokens: input, output_tokens: input * 3, cached_tokens: input * 2 },
  });

  // The same answers by walking through the rows.
  const rateOn = (currency: string, day: string): number | undefined => RATES[currency]!.filter(([from]) => from <= day).at(-1)?.[1];
  const within = (wish: { system?: string } = {}): Use[] =>
    uses.filter((one) => one.day >= PERIOD.from && one.day <= PERIOD.to && (wish.system === undefined || one.system === wish.system));
  const spendOf = (some: Use[], weight: (one: Use) => number = () => 1): string =>
    some.reduce((sum, one) => sum + one.cost * (rateOn(one.currency, one.day) ?? 0) * weight(one), 0).toFixed(2);
  const personOf = (one: Use): string | undefined => accounts[one.account]!.person;
  const teamsOn = (person: string | undefined, day: string): [string, number][] => {
    const now = (person === undefined ? [] : people[person]!.stays).filter(([, , from, to]) => from <= day && day <= to);
    const all = now.reduce((sum, [, fte]) => sum + fte, 0);
    return now.map(([team, fte]) => [team, fte / all]);
  };
  const shareOf = (team: string) => (one: Use) =>
    teamsOn(personOf(one), one.day).reduce((sum, [name, part]) => sum + (name === team ? part : 0), 0);
  const isHome = (team: string, person: string | undefined, day: string): boolean =>
    person !== undefined && people[person]!.stays.some((stay) => stay[0] === team && isPrimary(stay) && stay[2] <= day && day <= stay[3]);
  const usersIn = (team: string): number =>
    new Set(
      within()
        .filter((one) => isHome(team, personOf(one), one.day))
        .map(personOf),
    ).size;
  const headsOf = (team: string): string[] => Object.keys(people).filter((person) => isHome(team, person, PERIOD.to));
  const sum = (some: Use[], of: (one: Use) => number): number => some.reduce((total, one) => total + of(one), 0);

  const FX_MISSING = [{ code: 'FX_MISSING', currency: 'NOK', count: 2, message: expect.stringContaining('940.00 NOK of 2 accounts') }];

  describe('get_ai_usage_summary', () => {
    const ask = (who: string, args: object = PERIOD): Promise<Json> => desk.ask(who, 'get_ai_usage_summary', args);

    it('sums everything, tells systems and unmatched accounts apart, and leaves out what has no rate', async () => {
      const all = within();
      const figures = (some: Use[]): object => ({
        spend: spendOf(some),
        inputTokens: sum(some, ({ input }) => input),
        outputTokens: sum(some, ({ input }) => input) * 3,
        cachedTokens: sum(some, ({ input }) => input) * 2,
        sessions: sum(some, ({ sessions }) => sessions),
      });
      const users = (some: Use[]): number => new Set(some.map(personOf).filter((one) => one !== undefined)).size;
      const answer = await ask('manager');
      expect(answer).toEqual({
        period: PERIOD,
        currency: 'EUR',
        totals: { ...figures(all), activeUsers: 7, headcount: 8, adoptionRate: 0.875 },
        systems: expect.any(Array),
        unmatched: { ...figures(all.filter((one) => personOf(one) === undefined)), accounts: 2 },
        warnings: FX_MISSING,
      });
      expect(answer.systems).toEqual(
        ['Claude Code', 'Cursor', 'ChatGPT'].map((system) => {
          const own = within({ system });
          return { system, ...figures(own), activeUsers: users(own) };
        }),
      );
    });

    it('begins three months back with a month, and ends today', async () => {
      const [row] = await world.db.admin<{ from: string; to: string }>(
        `select (date_trunc('month', d) - interval '3 months')::date::text as from, d::date::text as to
         from (select (clock_timestamp() at time zone 'UTC')::date as d) today`,
      );
      expect((await ask('manager', {})).period).toEqual(row);
      expect((await ask('manager', { to: '2026-04-30' })).period).toEqual({ from: '2026-01-01', to: '2026-04-30' });
    });

    it('is refused to members and viewers, and for a period that is none', async () => {
      for (const role of ['viewer', 'member']) expect((await ask(role)).code).toBe('PERMISSION_DENIED');
      for (const period of [
        { from: '2026-02-01', to: '2026-01-31' },
        { from: '2199-01-01' },
        { from: 'yesterday' },
        { period: 'last_month' },
      ])
        expect([period, (await ask('manager', period)).code]).toEqual([period, 'VALIDATION']);
    });
  });

  describe('get_ai_spend_by_team', () => {
    const ask = (who: string, args: object = {}): Promise<Json> => desk.ask(who, 'get_ai_spend_by_team', { ...PERIOD, ...args });

    it('divides the spend of who is in several teams by FTE on the day, counts people in their primary team, and adds up to the total', async () => {
      const answer = await ask('finance');
      const users = new Set(within().map(personOf));
      const expected = (team: string): object => ({
        team: { id: teams[team], name: team },
        ...{ spend: spendOf(within(), shareOf(team)), activeUsers: usersIn(team), headcount: headsOf(team).length },
        adoptionRate: headsOf(team).filter((person) => users.has(person)).length / headsOf(team).length,
      });
      expect(answer.items).toEqual([
        expected('Mobile'), // ben used AI in it before he left it
        expected('Sales'),
        expected('Platform'),
        { spend: '2.50', activeUsers: 1, headcount: 1, adoptionRate: 1 },
      ]);
      expect(answer.unmatched).toEqual({ accounts: 2, spend: '15.00' });
      expect(answer.totals).toEqual({ spend: spendOf(within()), activeUsers: 7, headcount: 8, adoptionRate: 0.875 });
      const parts = [...answer.items.map(({ spend }: Json) => spend), answer.unmatched.spend];
      expect(parts.reduce((total, spend) => total + Number(spend), 0)).toBeCloseTo(Number(answer.totals.spend), 1);
      expect(answer).toMatchObject({ suppressed: 0, currency: 'EUR', period: PERIOD, warnings: FX_MISSING, hasMore: false });
    });

    it('can be asked by team, with or without those below, and by system', async () => {
      const names = async (args: object): Promise<string[]> =>
        (await ask('finance', args)).items.map(({ team, spend }: Json) => `${team?.name} ${spend}`);
      expect(await names({ teamId: teams['Platform'], includeSubteams: false })).toEqual([
        `Platform ${spendOf(within(), shareOf('Platform'))}`,
      ]);
      expect(await names({ teamId: teams['Platform'] })).toEqual([
        `Mobile ${spendOf(within(), shareOf('Mobile'))}`,
        `Platform ${spendOf(within(), shareOf('Platform'))}`,
      ]);
      const cursor = within({ system: 'Cursor' });
      expect(await names({ teamId: teams['Mobile'], system: 'cursor' })).toEqual([`Mobile ${spendOf(cursor, shareOf('Mobile'))}`]);
      const { totals } = await ask('finance', { teamId: teams['Mobile'], system: 'Cursor' });
      expect(totals).toEqual({ spend: spendOf(cursor, shareOf('Mobile')), activeUsers: 2, headcount: 3, adoptionRate: 0.3333 });
      expect(await names({ system: 'Nothing of that name' })).toEqual(expect.arrayContaining(['Sales 0.00']));
    });

    it('shows each row once over the pages', async () => {
      const whole = (await ask('finance')).items;
      expect(await desk.pages('finance', 'get_ai_spend_by_team', { ...PERIOD, limit: 1 })).toEqual(whole);
    });

    it('hides what few people spent from who may not see single persons, and what would give it away', async () => {
      const answer = await ask('manager');
      const shown = answer.items.filter(({ spend }: Json) => spend !== undefined);
      expect(shown.map(({ team }: Json) => team.name)).toEqual(['Mobile', 'Platform']);
      expect(answer.suppressed).toBe(2);
      expect(answer.items.map(({ activeUsers }: Json) => activeUsers)).toEqual([4, 3, 0, 1]);
      // Of Sales alone one person's use is known: neither its row nor the total may show.
      const sales = await ask('manager', { teamId: teams['Sales'] });
      expect([sales.items[0].spend, sales.totals.spend, sales.suppressed]).toEqual([undefined, undefined, 1]);
      // With Mobile's Cursor users being two, its sum is hidden, and Platform's, which would give it away by the total.
      const platform = await ask('manager', { teamId: teams['Platform'], system: 'Cursor' });
      expect(platform.items.map(({ spend }: Json) => spend)).toEqual([undefined, undefined]);
      expect(JSON.stringify(answer)).not.toContain(spendOf(within(), shareOf('Sales')));
    });
  });

  describe('get_ai_spend_by_person', () => {
    const ask = (who: string | readonly never[], args: object = {}): Promise<Json> =>
      desk.ask(who, 'get_ai_spend_by_person', { ...PERIOD, ...args });

    it('lists who spent most first, and unmatched accounts apart', async () => {
      const answer = await ask('finance');
      const names = ['eve', 'ben', 'fay', 'ann', 'dan', 'cat', 'gus'];
      expect(answer.items).toEqual(
        names.map((name) => {
          const own = within().filter((one) => personOf(one) === name);
          return {
            person: { id: people[name]!.id, name: `${name} User` },
            spend: spendOf(own),
            inputTokens: sum(own, ({ input }) => input),
            outputTokens: sum(own, ({ input }) => input) * 3,
            sessions: sum(own, ({ sessions }) => sessions),
            systems: [...new Set(own.map(({ system }) => system))].sort(),
          };
        }),
      );
      const matched = within().filter((one) => personOf(one) !== undefined);
      expect(answer.totals).toEqual({ people: 7, spend: spendOf(matched) });
      expect(answer.unmatched).toEqual({
        ...{ accounts: 2, spend: '15.00' },
        largest: [
          { id: accounts['x1']!.id, provider: 'Test', account: 'x1@example.test', spend: '15.00' },
          { id: accounts['x2']!.id, provider: 'Test', account: 'x2@example.test', spend: '0.00' },
        ],
      });
      expect(answer.warnings).toEqual(FX_MISSING);
      expect(await desk.pages('finance', 'get_ai_spend_by_person', { ...PERIOD, limit: 2 })).toEqual(answer.items);
    });

    it('gives of a team what falls to it, so that people add up to the team', async () => {
      const { items, totals, unmatched } = await ask('finance', { teamId: teams['Sales'] });
      expect(items.map(({ person, spend }: Json) => [person.name, spend])).toEqual([['ben User', spendOf(within(), shareOf('Sales'))]]);
      expect([totals.people, unmatched.accounts]).toEqual([1, 0]);
      const team = (await desk.ask('finance', 'get_ai_spend_by_team', { ...PERIOD, teamId: teams['Platform'] })).totals.spend;
      expect((await ask('finance', { teamId: teams['Platform'] })).totals.spend).toBe(team);
      const chat = await ask('finance', { system: 'ChatGPT' });
      expect(chat.items.map(({ person }: Json) => person.name)).toEqual(['ben User', 'gus User', 'ann User']);
    });

    it('is refused to who may not see single persons', async () => {
      for (const role of ['manager', 'admin', 'viewer']) expect((await ask(role)).code).toBe('PERMISSION_DENIED');
    });

    it('takes no wrong or foreign ids, and no cursor of another list', async () => {
      const other = await Desk.open(world);
      const foreign = await other.org.team('Foreign');
      for (const [teamId, code] of [
        [foreign, 'NOT_FOUND'],
        [newId('team'), 'NOT_FOUND'],
        ['Sales', 'VALIDATION'],
      ] as const) {
        for (const tool of ['get_ai_spend_by_person', 'get_ai_spend_by_team'])
          expect([teamId, (await desk.ask('owner', tool, { teamId })).code]).toEqual([teamId, code]);
      }
      const { nextCursor: cursor } = await ask('finance', { limit: 1 });
      for (const [tool, args] of [
        ['get_ai_spend_by_team', PERIOD],
        ['get_ai_spend_by_person', { ...PERIOD, system: 'Cursor' }],
      ] as const)
        expect((await desk.ask('finance', tool, { ...args, limit: 1, cursor })).code).toBe('VALIDATION');
      expect((await other.ask('owner', 'get_ai_spend_by_person', PERIOD)).items).toEqual([]);
    });
  });
});
