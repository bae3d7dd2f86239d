import fc from 'fast-check';
import { newId } from '../../src/database';
import { EmployeeSearch, EmployeeSummary } from '../../src/workforce';
import { Bench, PersonSpec, refusal, TestOrganization } from './organization';

const TODAY = '2026-06-15';

describe('search_employees', () => {
  let bench: Bench;
  beforeAll(async () => void (bench = await Bench.open()));
  afterAll(() => bench.close());

  const search = (org: TestOrganization, wish: Partial<EmployeeSearch> = {}, caller = 'viewer') =>
    org.as(caller, (ctx) => bench.employees.search(ctx, { status: 'active', limit: 25, includeSubteams: false, asOf: TODAY, ...wish }));
  const names = (page: { items: EmployeeSummary[] }) => page.items.map(({ name }) => name);

  it('finds a name by the beginnings of its words, in any order, without regard to case and accents', async () => {
    const org = await bench.organization();
    await org.people([
      { first: 'Łukasz', last: 'Brzezicki' },
      { first: 'Luke', last: "O'Farrow" },
      { first: 'Jean-Luc', last: 'Größe', email: 'captain@example.test' },
    ]);
    expect(names(await search(org, { query: 'brze LUK' }))).toEqual(['Łukasz Brzezicki']);
    expect(names(await search(org, { query: 'ofarrow' }))).toEqual(["Luke O'Farrow"]);
    expect(names(await search(org, { query: 'O’Farrow' }))).toEqual(["Luke O'Farrow"]);
    expect(names(await search(org, { query: 'luc grosse' }))).toEqual(['Jean-Luc Größe']);
    expect(names(await search(org, { query: 'ukasz' }))).toEqual([]);
    expect(names(await search(org, { query: 'Captain@Exam' }))).toEqual(['Jean-Luc Größe']);
    expect(names(await search(org, { query: '% _ \\' }))).toEqual([]);
  });

  it('equals a naive filter for random people and queries', async () => {
    const org = await bench.organization();
    const word = fc.string({ unit: fc.constantFrom(...'aábBcçłŁßøÆé'), minLength: 1, maxLength: 4 });
    const name = fc
      .array(word, { minLength: 1, maxLength: 3 })
      .chain((parts) => fc.constantFrom(parts.join(' '), parts.join('-'), parts.join("'")));
    const person = fc.record({ first: name, last: name });
    const people = fc.sample(person, { numRuns: 80, seed: 7 });
    const ids = await org.people(people.map((one, index) => ({ ...one, email: `${'abc'[index % 3]}.x${index}@example.test` })));
    const query = fc
      .array(fc.oneof(word, fc.constantFrom('a.x1', 'b@', 'c.x5@example', 'x7')), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join(' '));
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        const expected = ids.filter((_, index) =>
          naiveMatch(text, people[index] as Required<PersonSpec>, `${'abc'[index % 3]}.x${index}@example.test`),
        );
        const found = (await search(org, { query: text, limit: 100 })).items.map(({ id }) => id);
        expect([...found].sort()).toEqual([...expected].sort());
      }),
      { numRuns: 150 },
    );
  });

  it('shows everyone once over the pages, in order of family name', async () => {
    const org = await bench.organization();
    const people = fc.sample(
      fc.record({ first: fc.constantFrom('Ana', 'Áda', 'Bo'), last: fc.constantFrom('Ölsen', 'Olsen', 'Zu', 'Abt') }),
      { numRuns: 37, seed: 3 },
    );
    const ids = await org.people(people);
    for (const limit of [1, 7, 36, 37, 38]) {
      const seen: EmployeeSummary[] = [];
      let cursor: string | undefined;
      do {
        const page = await search(org, { limit, cursor });
        expect(page.hasMore).toBe(page.nextCursor !== undefined);
        seen.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(seen.map(({ id }) => id).sort()).toEqual([...ids].sort());
      const keys = seen.map(({ name }) => plain(name.split(' ').reverse().join(' ')));
      expect(keys).toEqual([...keys].sort());
    }
  });

  it('shows everyone of a job role once, however many they are, and who of them has left', async () => {
    const org = await bench.organization();
    const roles = { few: 150, some: 450, many: 1600 };
    const ids = { few: newId('role'), some: newId('role'), many: newId('role') } as Record<string, string>;
    for (const [title, number] of Object.entries(roles)) {
      await org.insert('job_role', [{ id: ids[title], title }]);
      const people = Array.from({ length: number }, (_, at) => ({
        ...{ first: title, last: `P${(at * 7919) % number}`, email: null, jobRole: ids[title] },
        ...(at % 50 === 0 && { end: '2026-01-01' }),
      }));
      await org.people(people);
    }
    for (const [title, number] of Object.entries(roles)) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await search(org, { jobRoleId: ids[title], limit: 100, cursor });
        seen.push(...names(page));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      const all = Array.from({ length: number }, (_, at) => `${title} P${(at * 7919) % number}`).filter((_, at) => at % 50 !== 0);
      expect(seen).toEqual(all.sort());
      const left = await search(org, { jobRoleId: ids[title], status: 'departed', limit: 100 });
      expect([title, left.items.length]).toEqual([title, Math.ceil(number / 50)]);
    }
  });

  it('tells active, on notice, departed and future people apart on the day asked about', async () => {
    const org = await bench.organization();
    await org.people([
      { first: 'Here', last: 'A' },
      { first: 'Leaving', last: 'B', notice: '2026-06-01', end: '2026-07-31' },
      { first: 'Gone', last: 'C', end: '2026-06-14' },
      { first: 'Coming', last: 'D', start: '2026-06-16' },
      { first: 'Last day', last: 'E', notice: '2026-05-01', end: TODAY },
    ]);
    expect(names(await search(org))).toEqual(['Here A', 'Leaving B', 'Last day E']);
    expect(names(await search(org, { status: 'on_notice' }))).toEqual(['Leaving B', 'Last day E']);
    expect(names(await search(org, { status: 'departed' }))).toEqual(['Gone C']);
    expect((await search(org, { status: 'all' })).items.map(({ status }) => status)).toEqual([
      'active',
      'on_notice',
      'departed',
      'future',
      'on_notice',
    ]);
    expect(names(await search(org, { status: 'departed', asOf: '2027-01-01' }))).toEqual(['Leaving B', 'Gone C', 'Last day E']);
  });

  it('filters by team, subteams, manager, geography, job role and skill together', async () => {
    const org = await bench.organization();
    const upper = await org.team('Upper');
    const lower = await org.team('Lower', upper);
    const boss = await org.person({ first: 'Boss', email: 'boss@example.test', team: upper, externalId: 'X-1' });
    await org.people([
      { first: 'Low', team: lower, manager: boss, skills: ['Machine Learning', 'SQL'] },
      { first: 'Left', team: lower, manager: boss, end: '2026-01-01' },
      { first: 'Other', skills: ['SQL'] },
    ]);
    expect(names(await search(org, { teamId: upper }))).toEqual(['Boss Test']);
    expect(names(await search(org, { teamId: upper, includeSubteams: true }))).toEqual(['Boss Test', 'Low Test']);
    expect(names(await search(org, { teamId: lower, status: 'all' }))).toEqual(['Left Test', 'Low Test']);
    for (const managerId of [boss, 'ext:X-1', 'Boss@example.test']) expect(names(await search(org, { managerId }))).toEqual(['Low Test']);
    expect(names(await search(org, { skill: 'machine learning' }))).toEqual(['Low Test']);
    expect(names(await search(org, { skill: 'machine' }))).toEqual([]);
    expect(names(await search(org, { skill: 'sql', teamId: lower, geographyId: org.place, jobRoleId: org.jobRole, query: 'low' }))).toEqual(
      ['Low Test'],
    );
  });

  it('gives the same NOT_FOUND for an unknown id and for one of another organization', async () => {
    const [org, other] = [await bench.organization(), await bench.organization()];
    const foreign = await other.person({ email: 'secret@example.test', externalId: 'X-9' });
    for (const managerId of [foreign, 'emp_aaaaaaaaaaaa', 'ext:X-9', 'secret@example.test']) {
      const { code, message } = await refusal(search(org, { managerId }));
      expect({ code, message }).toEqual({ code: 'NOT_FOUND', message: 'There is no such employee in this organization.' });
    }
    for (const [field, value] of Object.entries({ teamId: await other.team('T'), geographyId: other.place, jobRoleId: other.jobRole })) {
      expect((await refusal(search(org, { [field]: value }))).code).toBe('NOT_FOUND');
    }
  });

  it('refuses a cursor of other arguments, of another organization, and one that was tampered with', async () => {
    const [org, other] = [await bench.organization(), await bench.organization()];
    await org.people([{}, {}, {}]);
    await other.people([{}, {}]);
    const { nextCursor } = await search(org, { limit: 1 });
    const cursor = nextCursor as string;
    const [version, print, ...key] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const forged = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    expect((await search(org, { limit: 2, cursor })).items).toHaveLength(2);
    expect((await refusal(search(other, { limit: 1, cursor }))).code).toBe('VALIDATION');
    expect((await refusal(search(org, { limit: 1, status: 'all', cursor }))).code).toBe('VALIDATION');
    const bad = [
      'x',
      `${cursor}=`,
      `${cursor}A`,
      forged([2, print, ...key]),
      forged([version, print, ...key, 'more']),
      forged([version, print, 1, 2, 3]),
      forged({}),
      forged([version, print, '2026-02-30', 'a', 'b']),
      forged([version, print, TODAY, 'a\0', 'b']),
      forged([version, print, TODAY, 'a', '\ud800']),
      forged([version, print, "2026-01-01'--", 'a', 'b']),
    ];
    for (const text of bad) expect([text, (await refusal(search(org, { cursor: text }))).code]).toEqual([text, 'VALIDATION']);
  });

  it('leaves the team out, and refuses to filter by it, without teams.read', async () => {
    const org = await bench.organization();
    const team = await org.team('T');
    await org.person({ team });
    const page = await org.as(['people.read'], (ctx) => bench.employees.search(ctx, { status: 'active', limit: 5, includeSubteams: true }));
    expect(page.items[0]).not.toHaveProperty('team');
    expect(page.redacted).toEqual(['team']);
    const filtered = org.as(['people.read'], (ctx) =>
      bench.employees.search(ctx, { status: 'active', limit: 5, includeSubteams: true, teamId: team }),
    );
    expect((await refusal(filtered)).code).toBe('PERMISSION_DENIED');
  });

  it('keeps up with changes of name, e-mail address and skills, and forgets who is deleted', async () => {
    const org = await bench.organization();
    const id = await org.person({ first: 'Before', email: 'old@example.test', skills: ['SQL'] });
    await org.write((db) =>
      db.query(`update employee set first_name = 'After', email = 'new@example.test', skills = '{Go}' where id = $1`, [id]),
    );
    expect(names(await search(org, { query: 'before' }))).toEqual([]);
    expect(names(await search(org, { query: 'after new@' }))).toEqual(['After Test']);
    expect(names(await search(org, { skill: 'SQL' }))).toEqual([]);
    await org.write(async (db) => {
      await db.query('delete from employment_terms where employee_id = $1', [id]);
      await db.query('delete from employee where id = $1', [id]);
    });
    const left = await org.write((db) => db.query<{ count: number }[]>('select count(*) from search_term'));
    expect(left[0]?.count).toBe(0);
  });
});

function plain(text: string): string {
  const folded = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ß/g, 'ss')
    .replace(/[Ææ]/g, 'ae')
    .replace(/[Łł]/g, 'l')
    .replace(/[Øø]/g, 'o');
  return folded.toLowerCase();
}

/** Every word begins a word of the name or of the address's local part; a word with an @ begins the address. */
function naiveMatch(query: string, person: { first: string; last: string }, email: string): boolean {
  const split = (text: string): string[] =>
    plain(text)
      .replace(/'/g, '')
      .split(/[^a-z0-9]+/)
      .filter((part) => part !== '');
  const own = split(`${person.first} ${person.last} ${email.split('@')[0]}`);
  const tokens = query.split(/\s+/).filter((token) => token !== '');
  return tokens.every((token) =>
    token.includes('@') ? email.startsWith(token.toLowerCase()) : split(token).every((part) => own.some((word) => word.startsWith(part))),
  );
}
