import fc from 'fast-check';
import type { Allocation, Facts } from './facts';
import { daysOf } from './reference';

/** The days that are compared; a leap year between two others. */
export const WINDOW = { from: '2023-11-20', to: '2025-02-10' };

const DAYS = daysOf('2023-09-01', '2025-04-30');
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const id = (prefix: string, number: number): string => `${prefix}_aaaaaaaaaaa${LETTERS[number]}`;

const day = fc.nat({ max: DAYS.length - 1 });
const dateOf = (index: number): string => DAYS[Math.min(index, DAYS.length - 1)] as string;
const end = fc.option(fc.nat({ max: 400 }));
const fte: fc.Arbitrary<string> = fc.constantFrom('0.100', '0.333', '0.500', '0.600', '0.800', '1.000', '1.250');
const currency = fc.constantFrom('EUR', 'EUR', 'USD', 'GBP', 'CHF');
const money = (max: number): fc.Arbitrary<string> =>
  fc.tuple(fc.nat({ max }), fc.nat({ max: 99 })).map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);
/** Offsets from a first day, the first one 0. */
const steps = (most: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: most }).map((offsets) => [0, ...offsets.sort((a, b) => a - b)]);

const booking = fc.record({ toTeam: fc.boolean(), target: fc.nat({ max: 2 }), fte, start: day, length: end });
const pay = fc.record({ at: fc.nat({ max: 300 }), salary: money(200_000), bonus: fc.oneof(fc.constant('0'), money(30_000)), currency });

const person = fc.record({
  start: day,
  length: end,
  terms: steps(2),
  contracted: fc.array(fc.constantFrom('1.000', '0.800', '0.500', '1.250'), { minLength: 3, maxLength: 3 }),
  place: fc.nat({ max: 1 }),
  pay: fc.uniqueArray(pay, { maxLength: 3, selector: (one) => one.at }),
  bookings: fc.array(booking, { maxLength: 4 }),
});

const contractor = fc.record({
  start: day,
  length: end,
  place: fc.nat({ max: 1 }),
  rates: fc.uniqueArray(
    fc.record({
      at: fc.nat({ max: 200 }),
      type: fc.constantFrom('hourly' as const, 'daily' as const, 'monthly' as const),
      rate: money(900),
      currency,
    }),
    { maxLength: 2, selector: (one) => one.at },
  ),
  bookings: fc.array(booking, { maxLength: 3 }),
});

const vacancy = fc.record({
  status: fc.constantFrom('open' as const, 'open' as const, 'filled' as const, 'filled' as const, 'on_hold' as const, 'cancelled' as const),
  fte: fc.constantFrom('1.000', '0.500'),
  start: day,
  place: fc.option(fc.nat({ max: 1 })),
  workType: fc.option(fc.nat({ max: 1 })),
  range: fc.option(fc.tuple(money(80_000), money(40_000), currency)),
  filler: fc.nat({ max: 5 }),
  bookings: fc.array(booking, { maxLength: 2 }),
});

const agent = fc.record({
  seats: fc.nat({ max: 50 }),
  price: money(60),
  planned: fc.tuple(fc.nat({ max: 90_000_000 }), fc.nat({ max: 90_000_000 })),
  included: fc.tuple(fc.nat({ max: 50_000_000 }), fc.nat({ max: 50_000_000 })),
  tokenPrices: fc.tuple(money(20), money(80)),
  currency,
  start: day,
  length: end,
  bookings: fc.array(booking, { maxLength: 2 }),
});

const shape = fc.record({
  reporting: fc.constantFrom('EUR', 'EUR', 'USD'),
  hours: fc.constantFrom('8', '7.5'),
  multipliers: fc.tuple(fc.constantFrom('1', '1.15'), fc.constantFrom('0.9', '1')),
  overheads: fc.tuple(fc.constantFrom('0', '0.2'), fc.constantFrom('0.3333', '0.25')),
  holidays: fc.uniqueArray(fc.tuple(fc.nat({ max: 1 }), day), { maxLength: 12, selector: (one) => one.join() }),
  rates: fc.uniqueArray(
    fc.record({
      pair: fc.constantFrom('USD EUR', 'EUR USD', 'GBP EUR', 'EUR GBP', 'USD GBP', 'GBP USD'),
      rate: fc.constantFrom('0.9', '1.1', '0.85', '1.17', '0.3'),
      at: day,
    }),
    { maxLength: 8, selector: (one) => `${one.pair}${one.at}` },
  ),
  people: fc.array(person, { maxLength: 4 }),
  contractors: fc.array(contractor, { maxLength: 2 }),
  vacancies: fc.array(vacancy, { maxLength: 2 }),
  agents: fc.array(agent, { maxLength: 1 }),
  draws: fc.array(
    fc.record({
      team: fc.nat({ max: 2 }),
      project: fc.nat({ max: 2 }),
      fte: fc.constantFrom('0.200', '0.700', '1.500'),
      start: day,
      length: end,
    }),
    {
      maxLength: 3,
    },
  ),
});

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

/** Small organizations of every kind: part-time, changes in mid-month, missing pay and rates, too many allocations, vacancies filled and left. */
export const facts: fc.Arbitrary<Facts> = shape.map(toFacts);

function toFacts(one: Shape): Facts {
  const until = (start: number, length: number | null): string | null => (length === null ? null : dateOf(start + length));
  const allocations: Omit<Allocation, 'id'>[] = [];
  const nobody = { employee_id: null, contractor_id: null, vacancy_id: null, ai_agent_id: null, team_id: null };
  const book = (column: string, subject: string, bookings: Shape['people'][number]['bookings']): void => {
    for (const { toTeam, target, fte: share, start, length } of bookings) {
      allocations.push({
        ...nobody,
        [column]: subject,
        target_team_id: toTeam ? id('team', target) : null,
        target_project_id: toTeam ? null : id('prj', target),
        fte: share,
        start_date: dateOf(start),
        end_date: until(start, length),
      });
    }
  };
  const result: Omit<Facts, 'allocation'> = {
    organization: { reporting_currency: one.reporting, hours_per_day: one.hours },
    geography: one.multipliers.map((multiplier, index) => ({ id: id('geo', index), cost_multiplier: multiplier })),
    holiday: one.holidays.map(([place, at]) => ({ geography_id: id('geo', place), day: dateOf(at) })),
    work_type: one.overheads.map((overhead, index) => ({ id: id('wt', index), overhead })),
    fx_rate: one.rates.map(({ pair, rate, at }) => ({
      from_currency: pair.slice(0, 3),
      to_currency: pair.slice(4),
      rate,
      effective_from: dateOf(at),
    })),
    team: [0, 1, 2].map((index) => ({ id: id('team', index) })),
    project: [0, 1, 2].map((index) => ({ id: id('prj', index) })),
    employee: one.people.map((row, index) => ({
      id: id('emp', index),
      start_date: dateOf(row.start),
      end_date: until(row.start, row.length),
    })),
    employment_terms: one.people.flatMap((row, index) =>
      row.terms.map((offset, nth) => ({
        employee_id: id('emp', index),
        effective_from: addDays(dateOf(row.start), offset),
        effective_to: nth + 1 < row.terms.length ? addDays(dateOf(row.start), (row.terms[nth + 1] as number) - 1) : null,
        geography_id: id('geo', (row.place + nth) % 2),
        work_type_id: id('wt', nth % 2),
        contracted_fte: row.contracted[nth] as string,
      })),
    ),
    salary_adjustment: one.people.flatMap((row, index) =>
      row.pay.map(({ at, salary, bonus, currency: own }) => ({
        employee_id: id('emp', index),
        effective_date: addDays(dateOf(row.start), at - 30),
        annual_salary: salary,
        annual_bonus: bonus,
        currency: own,
      })),
    ),
    contractor: one.contractors.map((row, index) => ({
      id: id('con', index),
      geography_id: id('geo', row.place),
      start_date: dateOf(row.start),
      end_date: until(row.start, row.length),
    })),
    rate_adjustment: one.contractors.flatMap((row, index) =>
      row.rates.map(({ at, type, rate, currency: own }) => ({
        contractor_id: id('con', index),
        effective_date: addDays(dateOf(row.start), at - 30),
        rate_type: type,
        rate,
        currency: own,
      })),
    ),
    vacancy: one.vacancies.map((row, index) => {
      const fillers = [...one.people.map((_, nth) => id('emp', nth)), ...one.contractors.map((_, nth) => id('con', nth))];
      const filler = row.status === 'filled' ? fillers[row.filler % Math.max(fillers.length, 1)] : undefined;
      return {
        id: id('vac', index),
        status: row.status === 'filled' && filler === undefined ? 'open' : row.status,
        fte: row.fte,
        target_start_date: dateOf(row.start),
        geography_id: row.place === null ? null : id('geo', row.place),
        work_type_id: row.workType === null ? null : id('wt', row.workType),
        salary_min: row.range?.[0] ?? null,
        salary_max: row.range && (Number(row.range[0]) + Number(row.range[1])).toFixed(2),
        currency: row.range?.[2] ?? null,
        filled_by_employee_id: filler?.startsWith('emp') ? filler : null,
        filled_by_contractor_id: filler?.startsWith('con') ? filler : null,
      };
    }),
    ai_agent: one.agents.map((row, index) => ({
      id: id('agt', index),
      seats: row.seats,
      monthly_per_seat_price: row.price,
      planned_input_tokens_per_month: row.planned[0],
      planned_output_tokens_per_month: row.planned[1],
      included_input_tokens_per_month: row.included[0],
      included_output_tokens_per_month: row.included[1],
      price_per_million_input: row.tokenPrices[0],
      price_per_million_output: row.tokenPrices[1],
      currency: row.currency,
      start_date: dateOf(row.start),
      end_date: until(row.start, row.length),
    })),
  };
  one.people.forEach((row, index) => book('employee_id', id('emp', index), row.bookings));
  one.contractors.forEach((row, index) => book('contractor_id', id('con', index), row.bookings));
  one.vacancies.forEach((row, index) => book('vacancy_id', id('vac', index), row.bookings));
  one.agents.forEach((row, index) => book('ai_agent_id', id('agt', index), row.bookings));
  for (const { team, project, fte: wanted, start, length } of one.draws) {
    book('team_id', id('team', team), [{ toTeam: false, target: project, fte: wanted, start, length }]);
  }
  return { ...result, allocation: allocations.map((row, index) => ({ id: id('alc', index), ...row })) };
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const OF_NOBODY = { employee_id: null, contractor_id: null, vacancy_id: null, ai_agent_id: null, team_id: null, target_team_id: null };
const bookedBy = (contractor: string, number: number, project: number, share: string, from: string, to: string | null): Allocation => ({
  ...{
    ...OF_NOBODY,
    id: id('alc', number),
    contractor_id: contractor,
    target_project_id: id('prj', project),
    fte: share,
    start_date: from,
    end_date: to,
  },
});

/** Thirds of a contractor whose sum is a whole number of half cents; shares rounded to twelve places missed it. */
export const HALF_A_CENT: Facts = {
  organization: { reporting_currency: 'EUR', hours_per_day: '7.5' },
  geography: [{ id: id('geo', 0), cost_multiplier: '1' }],
  project: [{ id: id('prj', 0) }, { id: id('prj', 1) }],
  contractor: [{ id: id('con', 0), geography_id: id('geo', 0), start_date: '2023-09-01', end_date: null }],
  rate_adjustment: [{ contractor_id: id('con', 0), effective_date: '2023-08-02', rate_type: 'hourly', rate: '20.02', currency: 'EUR' }],
  allocation: [
    bookedBy(id('con', 0), 0, 0, '0.100', '2023-11-24', '2024-05-03'),
    bookedBy(id('con', 0), 1, 1, '0.600', '2023-12-07', '2024-05-08'),
    bookedBy(id('con', 0), 2, 0, '0.600', '2023-09-01', null),
  ],
  ...{
    holiday: [],
    work_type: [],
    fx_rate: [],
    team: [],
    employee: [],
    employment_terms: [],
    salary_adjustment: [],
    vacancy: [],
    ai_agent: [],
  },
};
