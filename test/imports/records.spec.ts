import { newId } from '../../src/database';
import type { TestOrganization } from '../workforce/organization';
import { type Brought, ImportBench } from './import-bench';

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

/** Imports twice: the second time nothing changes. */
async function twice(entity: string, file: string[][], answers: Record<string, string> = {}): Promise<Brought> {
  const dry = await desk.bring(org, entity, file, { answers, dryRun: true });
  const first = await desk.bring(org, entity, file, { answers });
  expect(dry.figures).toEqual(first.figures);
  const before = await desk.live(org);
  const { figures } = await desk.bring(org, entity, file, { answers });
  const { created = 0, changed = 0, unchanged = 0, refused = 0 } = first.figures;
  expect(figures).toMatchObject({ created: 0, changed: 0, unchanged: created + changed + unchanged, refused });
  expect(await desk.live(org)).toEqual(before);
  return first;
}

describe('projects', () => {
  const HEADER = ['Key', 'Name', 'Status', 'Lead', 'Portfolio', 'Start', 'Due date', 'Estimate'];

  it('come in with owner, value stream, stage and cost', async () => {
    await org.person({ first: 'Ola', last: 'Owner', externalId: '77' });
    const { figures } = await twice(
      'projects',
      [
        HEADER,
        ['APP', 'App rewrite', 'In Progress', '77', 'Growth', '31.01.2025', '', '1.250.000,50'],
        ['OLD', 'Old site', 'Done', '', '', '01.02.2024', '15.03.2024', ''],
      ],
      { currency: 'CHF' },
    );
    expect(figures).toEqual({ ...NOTHING, created: 2, 'new value streams': 1 });
    expect(
      await desk.rows(
        org,
        `select p.external_id as key, p.name, p.status, p.lifecycle_stage as stage, e.last_name as owner, v.name as stream, p.start_date::text as "from",
           p.end_date::text as "to", p.estimated_cost::text as cost, p.currency
         from project p left join employee e on e.org_id = p.org_id and e.id = p.owner_id left join value_stream v on v.org_id = p.org_id and v.id = p.value_stream_id
         where p.org_id = $1 order by 1`,
      ),
    ).toEqual([
      {
        ...{ key: 'APP', name: 'App rewrite', status: 'active', stage: 'proposed', owner: 'Owner', stream: 'Growth' },
        ...{ from: '2025-01-31', to: null, cost: '1250000.50', currency: 'CHF' },
      },
      {
        ...{ key: 'OLD', name: 'Old site', status: 'completed', stage: 'proposed', owner: null, stream: null },
        ...{ from: '2024-02-01', to: '2024-03-15', cost: null, currency: null },
      },
    ]);
  });

  it('keep what the file has no column for, and lose what it has left blank', async () => {
    await desk.bring(org, 'projects', [HEADER, ['APP', 'App', 'Active', '', 'Growth', '2025-01-31', '', '']], {
      answers: { currency: 'EUR' },
    });
    const { figures } = await desk.bring(org, 'projects', [
      ['Key', 'Name', 'Start'],
      ['APP', 'App two', ''],
    ]);
    expect(figures).toEqual({ ...NOTHING, changed: 1 });
    expect(
      await desk.rows(
        org,
        'select name, status, start_date as start, value_stream_id is null as lost, version from project where org_id = $1',
      ),
    ).toEqual([{ name: 'App two', status: 'active', start: null, lost: false, version: 2 }]);
  });

  it('all go in or none with --atomic', async () => {
    const file = [HEADER, ['A', 'Alpha', '', '', '', '', '', ''], ['B', 'Beta', '', 'Nobody', '', '', '', '']];
    const { ended, figures, lines } = await desk.bring(org, 'projects', file, { atomic: true, answers: { currency: 'EUR' } });
    expect(ended).toBe('incomplete');
    expect(figures).toEqual({ ...NOTHING, refused: 1 });
    expect(lines[0]).toBe('Line 3 refused: owner (column Lead) names no employee of the organization.');
    expect(await desk.rows(org, 'select id from project where org_id = $1')).toEqual([]);
  });
});

describe('contractors', () => {
  const HEADER = [
    'Contractor ID',
    'Name',
    'Email',
    'Agency',
    'Manager',
    'Location',
    'Contract start',
    'Contract end',
    'Day rate',
    'Currency',
  ];
  const rates = (): Promise<unknown[]> =>
    desk.rows(
      org,
      `select c.external_id as number, r.effective_date::text as day, r.rate_type as type, trim_scale(r.rate)::text as rate, r.currency
       from rate_adjustment r join contractor c on c.org_id = r.org_id and c.id = r.contractor_id where r.org_id = $1 order by 1, 2`,
    );

  it('come in with their rate, and a new rate is in force from the day of changes', async () => {
    await org.person({ first: 'Max', last: 'Boss', email: 'boss@example.test' });
    const file = [
      HEADER,
      ['C1', 'Ina Indie', 'ina@example.test', '', 'boss@example.test', 'Home', '2024-05-01', '', '800', 'EUR'],
      ['C2', 'Pat Person', '', 'Bodies Ltd', '', 'Lisbon', '2024-06-01', '2024-12-31', '650.5', 'usd'],
    ];
    const first = await twice('contractors', file, { country: 'PT' });
    expect(first.figures).toEqual({ ...NOTHING, created: 2, 'new geographies': 1 });
    expect(first.mapping).toContain('rate type = daily');
    expect(await rates()).toEqual([
      { number: 'C1', day: '2024-05-01', type: 'daily', rate: '800', currency: 'EUR' },
      { number: 'C2', day: '2024-06-01', type: 'daily', rate: '650.5', currency: 'USD' },
    ]);
    file[1]![8] = '850';
    const second = await desk.bring(org, 'contractors', file, { answers: { country: 'PT', 'changes from': '2025-01-01' } });
    expect(second.figures).toEqual({ ...NOTHING, changed: 1, unchanged: 1 });
    expect((await rates())[1]).toEqual({ number: 'C1', day: '2025-01-01', type: 'daily', rate: '850', currency: 'EUR' });
    const [one, other] = await desk.rows(
      org,
      `select c.name, c.email, c.company_name as company, e.last_name as boss, g.name as place, g.country_code as country, c.end_date::text as "end"
       from contractor c left join employee e on e.org_id = c.org_id and e.id = c.manager_id join geography g on g.org_id = c.org_id and g.id = c.geography_id
       where c.org_id = $1 order by c.external_id`,
    );
    expect(one).toEqual({
      name: 'Ina Indie',
      email: 'ina@example.test',
      company: null,
      boss: 'Boss',
      place: 'Home',
      country: 'DE',
      end: null,
    });
    expect(other).toMatchObject({ company: 'Bodies Ltd', boss: null, place: 'Lisbon', country: 'PT', end: '2024-12-31' });
  });

  it('are refused by line and reason', async () => {
    const row = ['C1', 'Ina', '', '', '', 'Home', '2024-05-01', '', '800', 'EUR'];
    const changed = (at: number, value: string, number: string): string[] => row.with(at, value).with(0, number);
    const { lines } = await desk.bring(
      org,
      'contractors',
      [
        HEADER,
        row,
        changed(5, '', '2'),
        changed(7, '2024-04-01', '3'),
        changed(8, '-1', '4'),
        changed(9, 'Euro', '5'),
        changed(2, 'x', '6'),
      ],
      { answers: { country: 'DE' } },
    );
    expect(lines).toEqual([
      'Line 3 refused: location is blank, and the mapping has no default.',
      'Line 4 refused: end date is before start date.',
      'Line 5 refused: rate (column Day rate) is below zero or too large.',
      'Line 6 refused: currency (column Currency) is longer than 3 characters.',
      'Line 7 refused: email (column Email) is no address.',
    ]);
  });
});

describe('vacancies', () => {
  it('come in with pay range, place and who filled them', async () => {
    await org.person({ externalId: 'E9', first: 'Neo', last: 'New' });
    const { figures, lines } = await twice(
      'vacancies',
      [
        ['Requisition ID', 'Role', 'Status', 'FTE', 'Target start date', 'Location', 'Salary min', 'Salary max', 'Hired employee'],
        ['R1', 'Engineer', 'Open', '80%', '2026-01-31', 'Home', '60000', '80000', ''],
        ['R2', 'Engineer', 'Filled', '100%', '2026-02-01', '', '', '', 'E9'],
        ['R3', 'Designer', 'On hold', '', '2026-03-01', '', '70000', '', ''],
        ['R4', 'Tester', 'Filled', '', '2026-03-01', '', '', '', ''],
        ['R5', 'Tester', 'Open', '', '2026-03-01', '', '5', '4', ''],
      ],
      { currency: 'EUR', 'fte unit': 'percent', country: 'DE' },
    );
    expect(figures).toEqual({ ...NOTHING, created: 3, refused: 2 });
    expect(lines).toEqual([
      'Line 5 refused: status filled and filled by belong together.',
      'Line 6 refused: salary max is less than salary min.',
    ]);
    expect(
      await desk.rows(
        org,
        `select v.external_id as number, v.role, v.status, v.fte::text as fte, trim_scale(v.salary_min)::text as min, trim_scale(v.salary_max)::text as max, v.currency, e.last_name as filler
         from vacancy v left join employee e on e.org_id = v.org_id and e.id = v.filled_by_employee_id where v.org_id = $1 order by 1`,
      ),
    ).toEqual([
      { number: 'R1', role: 'Engineer', status: 'open', fte: '0.800', min: '60000', max: '80000', currency: 'EUR', filler: null },
      { number: 'R2', role: 'Engineer', status: 'filled', fte: '1.000', min: null, max: null, currency: null, filler: 'New' },
      { number: 'R3', role: 'Designer', status: 'on_hold', fte: '1.000', min: '70000', max: '70000', currency: 'EUR', filler: null },
    ]);
  });
});

describe('allocations', () => {
  const HEADER = ['Resource', 'Resource type', 'Team', 'Project', 'FTE', 'From', 'To'];

  it('put people, contractors, vacancies, agents and teams where they belong', async () => {
    await org.person({ externalId: '12', email: 'ada@example.test' });
    const team = await org.team('Platform');
    await org.insert('project', [{ id: newId('prj'), name: 'Apollo', external_id: 'APO' }]);
    await org.insert('contractor', [
      {
        id: newId('con'),
        external_id: '12',
        name: 'Ina Indie',
        geography_id: org.place,
        start_date: '2024-01-01',
        contractor_type: 'individual',
      },
    ]);
    await org.insert('vacancy', [
      { id: newId('vac'), external_id: 'R1', role: 'Engineer', target_start_date: '2026-01-01', status: 'open', fte: 1 },
    ]);
    await desk.bring(org, 'agents', [
      ['Agent', 'Provider', 'Seats', 'Seat price', 'Currency', 'Start date'],
      ['Cursor', 'Anysphere', '25', '40', 'usd', '2025-01-31'],
    ]);
    const { figures, lines } = await twice(
      'allocations',
      [
        HEADER,
        ['ada@example.test', '', 'Platform', '', '1', '2024-01-31', ''],
        ['ada@example.test', '', '', 'APO', '0.5', '2024-01-31', '2024-06-30'],
        ['12', 'contractor', '', 'APO', '0.5', '2024-01-31', ''],
        ['R1', '', 'Platform', '', '', '2026-01-01', ''],
        ['Cursor', 'AI agent', '', 'Apollo', '1', '2025-01-31', ''],
        ['Platform', 'team', '', 'APO', '12', '2025-01-31', ''],
        ['12', '', '', 'APO', '1', '2024-01-31', ''],
        ['Platform', '', 'Platform', '', '1', '2024-01-31', ''],
        ['ada@example.test', '', 'Platform', '', '1', '2025-01-31', ''],
        ['ada@example.test', '', 'Platform', 'APO', '1', '2025-01-31', ''],
        ['ada@example.test', '', '', 'APO', '3', '2025-01-31', ''],
        ['ada@example.test', '', '', 'APO', '0.5', '2024-01-31', '2024-07-30'],
      ],
      { 'main team': 'yes', 'fte unit': 'fraction' },
    );
    expect(lines).toEqual([
      'Line 8 refused: who (column Resource) is AMBIGUOUS: more than one employee, contractor, vacancy, AI agent or team is called so; say which by its id, here or in the mapping.',
      'Line 9 refused: a team can be allocated to a project only.',
      'Line 10 refused: the person has another main team without an end.',
      'Line 11 refused: a row has a team or a project, and not both.',
      'Line 12 refused: fte is above 2, or of a team above 10,000.',
      'Line 13 refused: is about the same allocation as line 3.',
    ]);
    expect(figures).toEqual({ ...NOTHING, created: 6, refused: 6 });
    expect(
      await desk.rows(
        org,
        `select case when employee_id is not null then 'employee' when contractor_id is not null then 'contractor' when vacancy_id is not null then 'vacancy'
             when ai_agent_id is not null then 'agent' else 'team' end as who, target_team_id = '${team}' as team, fte::text as fte, is_primary as main, end_date::text as "end"
         from allocation where org_id = $1 order by start_date, who, fte`,
      ),
    ).toEqual([
      { who: 'contractor', team: null, fte: '0.500', main: false, end: null },
      { who: 'employee', team: null, fte: '0.500', main: false, end: '2024-06-30' },
      { who: 'employee', team: true, fte: '1.000', main: true, end: null },
      { who: 'agent', team: null, fte: '1.000', main: false, end: null },
      { who: 'team', team: null, fte: '12.000', main: false, end: null },
      { who: 'vacancy', team: true, fte: '1.000', main: true, end: null },
    ]);
    const { figures: later } = await desk.bring(
      org,
      'allocations',
      [HEADER, ['ada@example.test', '', 'Platform', '', '0.9', '2024-01-31', '2024-12-31']],
      {
        answers: { 'main team': 'yes', 'fte unit': 'fraction' },
      },
    );
    expect(later).toEqual({ ...NOTHING, changed: 1 });
  });
});

describe('budgets, rates of exchange and holidays', () => {
  it('budgets are of what is filled in', async () => {
    await org.team('Platform');
    const { figures, lines } = await twice(
      'budgets',
      [
        ['Department', 'Cost centre', 'Amount', 'Per', 'Valid from'],
        ['', '', '1,000,000', 'year', '2025-01-31'],
        ['Platform', '', '20,000', 'month', '2025-01-31'],
        ['', 'CC-9', '60,000.25', 'Quarter', '2025-01-31'],
        ['Platform', 'CC-9', '1', 'year', '2025-01-31'],
        ['', '', '2', 'year', '2025-01-31'],
      ],
      { currency: 'EUR' },
    );
    expect(figures).toEqual({ ...NOTHING, created: 3, refused: 2, 'new cost centres': 1 });
    expect(lines).toEqual([
      'Line 5 refused: it has more than one of team, cost centre, project and value stream.',
      'Line 6 refused: is about the same budget as line 2.',
    ]);
    expect(
      await desk.rows(
        org,
        'select scope, amount::text as amount, period, currency, effective_date::text as day from budget where org_id = $1 order by budget.amount',
      ),
    ).toEqual([
      { scope: 'team', amount: '20000.00', period: 'month', currency: 'EUR', day: '2025-01-31' },
      { scope: 'cost_centre', amount: '60000.25', period: 'quarter', currency: 'EUR', day: '2025-01-31' },
      { scope: 'org', amount: '1000000.00', period: 'fiscal_year', currency: 'EUR', day: '2025-01-31' },
    ]);
  });

  it('rates of exchange lead to the reporting currency unless the file says otherwise', async () => {
    const file = [
      ['Date', 'Currency', 'Rate'],
      ['2025-01-31', 'USD', '0.9634'],
      ['2025-01-31', 'gbp', '1.1932'],
      ['2025-02-28', 'USD', '0.9606'],
      ['2025-02-28', 'EUR', '1'],
      ['2025-02-28', 'JPY', '0'],
    ];
    const { figures, lines } = await twice('fx-rates', file);
    expect(figures).toEqual({ ...NOTHING, created: 3, refused: 2 });
    expect(lines).toEqual([
      'Line 5 refused: both currencies are the same.',
      'Line 6 refused: rate (column Rate) is not above zero, or too large.',
    ]);
    file[1]![2] = '0.97';
    expect((await desk.bring(org, 'fx-rates', file)).figures).toMatchObject({ changed: 1, unchanged: 2 });
    expect(
      await desk.rows(
        org,
        `select from_currency || to_currency as pair, trim_scale(rate)::text as rate, effective_from::text as day from fx_rate where org_id = $1 order by 1, 3`,
      ),
    ).toEqual([
      { pair: 'GBPEUR', rate: '1.1932', day: '2025-01-31' },
      { pair: 'USDEUR', rate: '0.97', day: '2025-01-31' },
      { pair: 'USDEUR', rate: '0.9606', day: '2025-02-28' },
    ]);
  });

  it('holidays of a country are those of all places there', async () => {
    await org.insert('geography', [
      { id: newId('geo'), name: 'Berlin', country_code: 'DE', time_zone: 'Europe/Berlin', currency: 'EUR' },
      { id: newId('geo'), name: 'Paris', country_code: 'FR', time_zone: 'Europe/Paris', currency: 'EUR' },
    ]);
    const file = [
      ['Date', 'Country', 'Holiday'],
      ['2025-10-03', 'DE', 'Tag der Deutschen Einheit'],
      ['2025-07-14', 'paris', ''],
      ['2025-12-26', 'IT', ''],
    ];
    const { figures, lines } = await twice('holidays', file);
    expect(figures).toEqual({ ...NOTHING, created: 3, refused: 1 });
    expect(lines).toEqual(['Line 4 refused: location (column Country) names no geography of the organization.']);
    file[1]![2] = 'Unity Day';
    expect((await desk.bring(org, 'holidays', file)).figures).toMatchObject({ changed: 2, unchanged: 1 });
    expect(
      await desk.rows(
        org,
        `select g.name as place, h.day::text as day, h.name from holiday h join geography g on g.org_id = h.org_id and g.id = h.geography_id where h.org_id = $1 order by 1`,
      ),
    ).toEqual([
      { place: 'Berlin', day: '2025-10-03', name: 'Unity Day' },
      { place: 'Home', day: '2025-10-03', name: 'Unity Day' },
      { place: 'Paris', day: '2025-07-14', name: 'Holiday' },
    ]);
  });
});
