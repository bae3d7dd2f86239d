import { newId } from '../../src/database';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import type { Row } from '../workforce/organization';
import { Desk } from './desk';

const PERIOD = { from: '2025-03-01', to: '2025-05-04' };
const MONDAYS = Array.from({ length: 9 }, (_, week) => addDays('2025-03-03', 7 * week));
const WORKDAYS_2025 = 261;

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

interface Person {
  id: string;
  start: string;
  end: string;
  fte: number;
  /** Per working day. */
  cost: number;
  kind: 'employee_id' | 'contractor_id' | 'ai_agent_id';
  /** Primary team by first day. */
  teams: [string, string][];
}

interface Line {
  who: string;
  monday: string;
  category: 'project' | 'non_project' | 'unlinked';
  project?: string;
  item?: string;
  fraction: number;
}

const FOREVER = '9999-12-31';

describe('tools about effort', () => {
  let world: World;
  let desk: Desk;
  const people: Record<string, Person> = {};
  const teams: Record<string, string> = {};
  const projects: Record<string, string> = {};
  const items: Record<string, string> = {};
  const lines: Line[] = [];

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    for (const [name, parent] of [['Platform'], ['Mobile', 'Platform'], ['Sales']] as const)
      teams[name] = await org.team(name, parent === undefined ? null : teams[parent]);
    for (const name of ['Harbour', 'Lighthouse']) [projects[name]] = (await desk.add('project', 'prj', { name })) as [string];
    for (const [key, project] of [['H-1', 'Harbour'], ['M-1'], ['M-2']] as const) {
      const row = { source: 'jira', key, title: `About ${key}`, project_id: project ? projects[project] : null };
      [items[key]] = (await desk.add('work_item', 'wi', row)) as [string];
    }
    await employ('ann', 1, '2024-01-01', FOREVER, 52_200, [['2024-01-01', 'Mobile']]);
    await employ('ben', 0.5, '2025-03-12', FOREVER, 104_400, [
      ['2025-03-12', 'Mobile'],
      ['2025-04-03', 'Sales'],
    ]);
    await employ('cat', 0.8, '2024-01-01', '2025-04-16', 78_300, [['2024-01-01', 'Platform']]);
    await employ('dan', 1, '2024-01-01', FOREVER, 26_100, [['2024-01-01', 'Platform']]);
    await employ('eve', 1, '2025-03-15', '2025-04-20', 26_100, []);
    await contract('fay', 300, [['2024-01-01', 'Mobile']]);
    const [agent] = (await desk.add('ai_agent', 'agt', { name: 'Scribe', provider: 'X', currency: 'EUR', start_date: '2024-01-01' })) as [
      string,
    ];
    people['bot'] = { id: agent, start: '2024-01-01', end: FOREVER, fte: 1, cost: 0, kind: 'ai_agent_id', teams: [] };
    for (const [who, project, fte, start_date, end_date] of [
      ['ann', 'Harbour', 0.5, '2025-03-01', '2025-03-31'],
      ['ann', 'Harbour', 0.25, '2025-03-20', null],
      ['cat', 'Harbour', 0.8, '2025-01-01', null],
      ['dan', 'Lighthouse', 1, '2025-01-01', null],
    ] as const)
      await desk.allocate({ employee_id: people[who]!.id, target_project_id: projects[project], fte, start_date, end_date });
    await desk.allocate({ team_id: teams['Sales'], target_project_id: projects['Harbour'], fte: 3, start_date: '2025-04-28' });
    work();
    const rows = lines.map((line, index): Row => {
      const { id, kind } = people[line.who]!;
      return {
        ...{ employee_id: null, contractor_id: null, ai_agent_id: null, [kind]: id, week_start: line.monday, line: (index % 199) + 1 },
        ...{ category: line.category, project_id: line.project ? projects[line.project] : null },
        ...{ work_item_id: line.item ? items[line.item] : null, fraction: line.fraction, source: 'test' },
      };
    });
    await org.insert('effort_line', rows);
  });
  afterAll(() => world.close());

  async function employ(first: string, fte: number, start: string, end: string, salary: number, stays: [string, string][]): Promise<void> {
    const id = await desk.org.person({
      ...{ first, last: 'Worker', fte, start, end: end === FOREVER ? null : end },
      pay: { [start]: [String(salary), '0', 'EUR'] },
    });
    people[first] = { id, start, end, fte, cost: (salary / WORKDAYS_2025) * fte, kind: 'employee_id', teams: stays };
    await join('employee_id', people[first]);
  }

  async function contract(name: string, rate: number, stays: [string, string][]): Promise<void> {
    const row = { name: `${name} Worker`, geography_id: desk.org.place, start_date: '2024-01-01' };
    const [id] = (await desk.add('contractor', 'con', row)) as [string];
    await desk.add('rate_adjustment', 'rat', {
      ...{ contractor_id: id, effective_date: '2024-01-01', rate_type: 'daily', rate: String(rate), currency: 'EUR' },
    });
    people[name] = { id, start: '2024-01-01', end: FOREVER, fte: 1, cost: rate, kind: 'contractor_id', teams: stays };
    await join('contractor_id', people[name]);
  }

  async function join(column: string, { id, teams: stays }: Person): Promise<void> {
    for (const [index, [start_date, team]] of stays.entries()) {
      const next = stays[index + 1]?.[0];
      const days = { start_date, end_date: next === undefined ? null : addDays(next, -1) };
      await desk.allocate({ [column]: id, target_team_id: teams[team], is_primary: true, ...days });
    }
  }

  /** Weeks before, in and after the period; some are not handed in, and nobody hands in weeks in which they are not here. */
  function work(): void {
    const weeks = [addDays('2025-03-03', -7), ...MONDAYS, '2025-05-05'];
    const share = [0.5, 0.3, 0.2];
    for (const [index, who] of ['ann', 'ben', 'cat', 'dan', 'eve', 'fay', 'bot'].entries()) {
      for (const [week, monday] of weeks.entries()) {
        if (!isHere(people[who]!, monday) || (index * 5 + week * 3) % 7 === 0) continue;
        const [a, b, c] = [share[week % 3]!, share[(week + 1) % 3]!, share[(week + 2) % 3]!];
        const project = (index + week) % 2 === 0 ? 'Harbour' : 'Lighthouse';
        lines.push({
          who,
          monday,
          category: 'project',
          project,
          fraction: a,
          ...(project === 'Harbour' && week % 2 === 0 && { item: 'H-1' }),
        });
        lines.push({ who, monday, category: 'unlinked', fraction: b, ...(week % 3 > 0 && { item: `M-${week % 3}` }) });
        lines.push({ who, monday, category: 'non_project', fraction: c });
      }
    }
  }

  // The same answers by looking at every day.
  const weekdays = (monday: string): string[] => [0, 1, 2, 3, 4].map((day) => addDays(monday, day));
  const daysHere = ({ start, end }: Person, monday: string): number => weekdays(monday).filter((day) => start <= day && day <= end).length;
  const isHere = (person: Person, monday: string): boolean => daysHere(person, monday) > 0;
  const factDay = ({ end }: Person, monday: string): string => (end < addDays(monday, 6) ? end : addDays(monday, 6));
  const teamOf = (person: Person, monday: string): string | undefined =>
    person.teams.filter(([from]) => from <= factDay(person, monday)).at(-1)?.[1];
  const effortOf = ({ who, monday, fraction }: Line): number =>
    people[who]!.kind === 'ai_agent_id' ? fraction : (fraction * people[who]!.fte * daysHere(people[who]!, monday)) / 5;
  const costOf = ({ who, monday, fraction }: Line): number => fraction * people[who]!.cost * daysHere(people[who]!, monday);
  const counted = (wanted: (line: Line) => boolean = () => true): Line[] =>
    lines.filter((line) => MONDAYS.includes(line.monday) && wanted(line));
  const sum = (some: Line[], of: (line: Line) => number): number => some.reduce((total, line) => total + of(line), 0);
  const fteOf = (some: Line[], weeks = MONDAYS.length): number => Number((sum(some, effortOf) / weeks).toFixed(3));
  const money = (some: Line[]): string => sum(some, costOf).toFixed(2);
  const share = (part: Line[], whole: Line[]): number => Number((sum(part, effortOf) / sum(whole, effortOf)).toFixed(4));
  const count = (some: Line[]): number => new Set(some.map(({ who }) => who)).size;
  const inTeams =
    (...names: string[]) =>
    ({ who, monday }: Line) =>
      names.includes(teamOf(people[who]!, monday) ?? '');
  const isPerson = ({ who }: Line): boolean => people[who]!.kind !== 'ai_agent_id';

  /** Person-weeks to be handed in, and those that were. */
  function coverage(counts: (person: Person, monday: string) => boolean): object {
    const due = Object.entries(people)
      .filter(([, person]) => person.kind !== 'ai_agent_id')
      .flatMap(([who, person]) =>
        MONDAYS.filter((monday) => isHere(person, monday) && counts(person, monday)).map((monday) => [who, monday]),
      );
    const submitted = due.filter(([who, monday]) => lines.some((line) => line.who === who && line.monday === monday)).length;
    return { expectedWeeks: due.length, submittedWeeks: submitted, rate: Number((submitted / due.length).toFixed(4)) };
  }

  describe('get_project_effort', () => {
    const ask = (who: string, args: object = {}): Promise<Json> =>
      desk.ask(who, 'get_project_effort', { ...PERIOD, projectId: projects['Harbour'], ...args });
    const all = (): Line[] => counted(({ project }) => project === 'Harbour');
    const allocated = (person: Person, monday: string): boolean =>
      (person === people['ann'] && factDay(person, monday) >= '2025-03-01') || person === people['cat'];

    it('shows who worked how much, beside what is planned, and how complete that is', async () => {
      const answer = await ask('owner');
      const rows = ['ann', 'ben', 'cat', 'dan', 'eve', 'fay', 'bot'].map((who) => {
        const own = all().filter((line) => line.who === who);
        const name = who === 'bot' ? 'Scribe' : `${who} Worker`;
        return { who: { id: people[who]!.id, name }, fte: fteOf(own), share: share(own, all()), cost: money(own) };
      });
      expect(answer.items).toEqual(rows.sort((a, b) => b.fte - a.fte));
      const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
      const planned =
        0.5 * days('2025-03-03', '2025-03-31') +
        0.25 * days('2025-03-20', '2025-05-04') +
        0.8 * days('2025-03-03', '2025-04-16') + // then cat leaves, allocated or not
        3 * days('2025-04-28', '2025-05-04');
      const aiAgentFte = fteOf(all().filter((line) => !isPerson(line)));
      expect(answer).toMatchObject({
        ...{ period: PERIOD, weeks: 9, coverage: coverage(allocated), hasMore: false },
        totals: { fte: fteOf(all()), people: 6, aiAgents: 1, aiAgentFte, plannedFte: Number((planned / 63).toFixed(3)) },
        cost: { currency: 'EUR', amount: money(all()), warnings: [] },
      });
    });

    it('shows it by month and by work item', async () => {
      const months = await ask('finance', { groupBy: 'month' });
      expect(months.items).toEqual(
        ['2025-03', '2025-04'].map((month) => {
          const own = all().filter(({ monday }) => monday.startsWith(month));
          const weeks = MONDAYS.filter((monday) => monday.startsWith(month)).length;
          return { month, fte: fteOf(own, weeks), share: share(own, all()), cost: money(own) };
        }),
      );
      const { items: rows } = await ask('manager', { groupBy: 'work_item' });
      const [on, off] = [all().filter(({ item }) => item), all().filter(({ item }) => !item)];
      expect(rows).toEqual(
        [
          { fte: fteOf(off), share: share(off, all()) },
          { workItem: { id: items['H-1'], key: 'H-1', title: 'About H-1' }, fte: fteOf(on), share: share(on, all()) },
        ].sort((a, b) => b.fte - a.fte),
      );
    });

    it('shows everybody once over the pages', async () => {
      const all = (await ask('owner')).items;
      expect(await desk.pages('owner', 'get_project_effort', { ...PERIOD, projectId: projects['Harbour'], limit: 2 })).toEqual(all);
    });

    it("keeps costs from who may not see them or pay: beside everybody's FTE they are equations", async () => {
      const rights = ['effort.read', 'projects.read', 'people.read', 'contractors.read', 'financials.read'] as const;
      for (const who of ['manager', rights] as const) {
        const blind = await desk.ask(who, 'get_project_effort', { ...PERIOD, projectId: projects['Harbour'] });
        expect([blind.redacted, blind.cost, blind.items.some((row: Json) => 'cost' in row)]).toEqual([['cost'], undefined, false]);
      }
      const few = { ...PERIOD, projectId: projects['Lighthouse'], from: '2025-03-03', to: '2025-03-09' };
      const own = counted(({ project, monday }) => project === 'Lighthouse' && monday === '2025-03-03');
      expect((await desk.ask('owner', 'get_project_effort', few)).cost.amount).toBe(money(own));
      for (const role of ['viewer', 'member']) expect((await ask(role)).code).toBe('PERMISSION_DENIED');
    });

    it('leaves cost in a currency without a rate out and says so', async () => {
      await desk.org.write((db) => db.query(`update salary_adjustment set currency = 'NOK' where employee_id = $1`, [people['dan']!.id]));
      const { cost } = await ask('owner');
      await desk.org.write((db) => db.query(`update salary_adjustment set currency = 'EUR' where employee_id = $1`, [people['dan']!.id]));
      expect(cost.amount).toBe(money(all().filter(({ who }) => who !== 'dan')));
      expect(cost.warnings).toEqual([expect.objectContaining({ code: 'FX_MISSING', currency: 'NOK', count: 1 })]);
    });

    it('takes no wrong or foreign ids, and no scenario', async () => {
      const other = await Desk.open(world);
      const [foreign] = await other.add('project', 'prj', { name: 'Foreign' });
      for (const projectId of [foreign, newId('prj')]) expect((await ask('owner', { projectId })).code).toBe('NOT_FOUND');
      for (const args of [
        { projectId: 'Harbour' },
        { groupBy: 'week' },
        { to: '2025-02-28' },
        { planId: newId('plan') },
        { from: '2199-01-01', to: '' },
      ])
        expect([args, (await ask('owner', args)).code]).toEqual([args, 'VALIDATION']);
    });
  });

  describe('get_team_effort', () => {
    const ask = (who: string, args: object = {}): Promise<Json> =>
      desk.ask(who, 'get_team_effort', { ...PERIOD, teamId: teams['Platform'], ...args });

    it.each([
      ['Platform', true, ['Platform', 'Mobile']],
      ['Platform', false, ['Platform']],
      ['Mobile', true, ['Mobile']],
      ['Sales', true, ['Sales']],
    ])('shows what %s (below: %s) worked on while they were in it', async (team, includeSubteams, names) => {
      const own = counted(inTeams(...names));
      const answer = await ask('owner', { teamId: teams[team], includeSubteams });
      const rows = ['Harbour', 'Lighthouse'].map((name) => {
        const part = own.filter(({ project }) => project === name);
        return { project: { id: projects[name], name }, fte: fteOf(part), share: share(part, own), cost: money(part) };
      });
      expect(answer.items).toEqual(rows.filter(({ fte }) => fte > 0).sort((a, b) => b.fte - a.fte));
      const of = (category: string): number => fteOf(own.filter((line) => line.category === category));
      expect(answer.totals).toEqual({
        ...{
          fte: fteOf(own),
          projectFte: of('project'),
          nonProjectFte: of('non_project'),
          unlinkedFte: of('unlinked'),
          people: count(own),
        },
      });
      expect(answer.coverage).toEqual(coverage((person, monday) => names.includes(teamOf(person, monday) ?? '')));
      expect(answer.cost).toEqual({ currency: 'EUR', amount: money(own), warnings: [] });
    });

    it('keeps costs from who may not see them, and the tool from who may not see effort', async () => {
      expect(await ask('manager')).toMatchObject({ redacted: ['cost'], items: [{ fte: expect.any(Number) }, {}] });
      expect(JSON.stringify(await ask('manager'))).not.toContain('amount');
      const rights = ['effort.read', 'projects.read', 'teams.read', 'financials.read'] as const;
      expect((await desk.ask(rights, 'get_team_effort', { ...PERIOD, teamId: teams['Sales'] })).redacted).toEqual(['cost']);
      expect((await ask('viewer')).code).toBe('PERMISSION_DENIED');
      expect((await ask('owner', { teamId: newId('team') })).code).toBe('NOT_FOUND');
    });

    it('has no rate where nothing was due', async () => {
      const [empty, none] = [await desk.org.team('Nobody'), { from: '2025-03-04', to: '2025-03-09' }];
      expect((await ask('owner', { teamId: empty })).coverage).toEqual({ expectedWeeks: 0, submittedWeeks: 0 });
      expect(await ask('owner', none)).toMatchObject({ weeks: 0, totals: { fte: 0, people: 0 }, items: [] });
    });
  });

  describe('get_unattributed_effort', () => {
    const ask = (who: string, args: object = {}): Promise<Json> =>
      desk.ask(who, 'get_unattributed_effort', { ...PERIOD, limit: 100, ...args });
    const whole = (team: string | undefined): Line[] => counted(team === undefined ? undefined : inTeams(team));

    it.each([[undefined], ['Platform'], ['Mobile'], ['Sales']])('tells the three kinds apart, of %s', async (team) => {
      const all = whole(team);
      const answer = await ask('manager', team === undefined ? {} : { teamId: teams[team], includeSubteams: false });
      const [unlinked, other] = [
        all.filter(({ category }) => category === 'unlinked'),
        all.filter(({ category }) => category === 'non_project'),
      ];
      const missing = Object.entries(people).flatMap(([who, person]) => {
        const due = MONDAYS.filter((monday) => isHere(person, monday) && (team === undefined || teamOf(person, monday) === team));
        const weeks = due.filter((monday) => !lines.some((line) => line.who === who && line.monday === monday)).length;
        return weeks > 0 && person.kind !== 'ai_agent_id' ? [{ bucket: 'not_submitted', who: named(who), weeks }] : [];
      });
      expect(answer.totals).toEqual({
        unlinked: {
          ...{ fte: fteOf(unlinked), share: share(unlinked, all), people: count(unlinked.filter(isPerson)) },
          workItems: new Set(unlinked.flatMap(({ item }) => item ?? [])).size,
        },
        nonProject: { fte: fteOf(other), share: share(other, all), people: count(other.filter(isPerson)) },
        notSubmitted: { weeks: missing.reduce((total, { weeks }) => total + weeks, 0), people: missing.length },
      });
      const of = (bucket: string): Json[] => answer.items.filter((row: Json) => row.bucket === bucket);
      const byWho = (a: Json, b: Json): number => (a.who.id < b.who.id ? -1 : 1);
      expect(of('not_submitted').sort(byWho)).toEqual(missing.sort(byWho));
      const idle = [...new Set(other.map(({ who }) => who))].map((who) => ({
        ...{ bucket: 'non_project', who: named(who), fte: fteOf(other.filter((line) => line.who === who)) },
      }));
      expect(of('non_project').sort(byWho)).toEqual(idle.sort(byWho));
      const loose = [...new Set(unlinked.map(({ item }) => item))].map((item) => {
        const own = unlinked.filter((line) => line.item === item);
        return {
          bucket: 'unlinked',
          people: count(own.filter(isPerson)),
          fte: fteOf(own),
          ...(item && { workItem: { id: items[item], key: item, title: `About ${item}` } }),
        };
      });
      expect(of('unlinked')).toEqual(loose.sort((a, b) => b.fte - a.fte));
      expect(answer.coverage).toEqual(coverage((person, monday) => team === undefined || teamOf(person, monday) === team));
    });

    const named = (who: string): object => ({ id: people[who]!.id, name: who === 'bot' ? 'Scribe' : `${who} Worker` });

    it('begins with the largest of each kind, shows each row once over the pages, and one kind alone', async () => {
      const { items: rows } = await ask('manager');
      expect(
        rows
          .slice(0, 3)
          .map(({ bucket }: Json) => bucket)
          .sort(),
      ).toEqual(['non_project', 'not_submitted', 'unlinked']);
      expect(await desk.pages('manager', 'get_unattributed_effort', { ...PERIOD, limit: 3 })).toEqual(rows);
      for (const bucket of ['unlinked', 'non_project', 'not_submitted'])
        expect((await ask('manager', { bucket })).items).toEqual(rows.filter((row: Json) => row.bucket === bucket));
    });

    it('refuses what may not be seen or is wrong', async () => {
      expect((await ask('viewer')).code).toBe('PERMISSION_DENIED');
      const noTeams = ['effort.read', 'people.read', 'contractors.read'] as const;
      expect((await desk.ask(noTeams, 'get_unattributed_effort', { teamId: teams['Sales'] })).code).toBe('PERMISSION_DENIED');
      expect((await ask('manager', { bucket: 'lost' })).code).toBe('VALIDATION');
      const { nextCursor: cursor } = await ask('manager', { limit: 1 });
      expect((await ask('manager', { limit: 1, bucket: 'unlinked', cursor })).code).toBe('VALIDATION');
    });
  });
});
