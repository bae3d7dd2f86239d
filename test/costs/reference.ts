import { Decimal } from 'decimal.js';
import type { Allocation, Facts } from './facts';

/**
 * Costs as docs/costs.md says, the slow way: each day by itself, nothing carried over, no SQL. Knows neither segments nor
 * running sums.
 */
Decimal.set({ precision: 50, rounding: Decimal.ROUND_HALF_EVEN });

const ZERO = new Decimal(0);
const ONE = new Decimal(1);

export type Component = 'base' | 'overhead' | 'bonus' | 'contractor' | 'vacancy' | 'ai_seats' | 'ai_tokens';
export type Amounts = Partial<Record<Component, Decimal>>;

/** Part of one subject's cost on one day. */
export interface Part {
  subject: string;
  split: 'team' | 'project';
  team: string | null;
  project: string | null;
  geography: string | null;
  amounts: Amounts;
}

export interface DayCosts {
  parts: Part[];
  /** Subjects, by what is wrong with them; of teams in TEAM_SHORTFALL. FX_MISSING with the currency: `USD emp_…`. */
  warnings: Record<'FX_MISSING' | 'SALARY_MISSING' | 'OVER_ALLOCATED' | 'TEAM_SHORTFALL', Set<string>>;
}

/** What a subject costs on a day at 1.0 FTE, in the reporting currency. The bonus is that of the whole subject. */
interface Price {
  id: string;
  isAgent: boolean;
  paid: Decimal;
  geography: string | null;
  perFte: Amounts;
  bonus?: Decimal;
}

interface Share {
  target: string | null;
  fte: Decimal;
}

const DAY = 86_400_000;
const time = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const text = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

export function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let moment = time(from); moment <= time(to); moment += DAY) days.push(text(moment));
  return days;
}

const within = (day: string, from: string, to: string | null): boolean => from <= day && (to === null || day <= to);

function newest<T>(rows: readonly T[], date: (row: T) => string, day: string): T | undefined {
  return rows.filter((row) => date(row) <= day).sort((a, b) => date(b).localeCompare(date(a)))[0];
}

export class Reference {
  private readonly counts = new Map<string, Decimal>();

  constructor(private readonly facts: Facts) {}

  day(day: string): DayCosts {
    const warnings: DayCosts['warnings'] = {
      FX_MISSING: new Set(),
      SALARY_MISSING: new Set(),
      OVER_ALLOCATED: new Set(),
      TEAM_SHORTFALL: new Set(),
    };
    const prices = this.prices(day, warnings);
    const byTeam = new Map(prices.map((price) => [price.id, this.shares(price, day, 'target_team_id', warnings)]));
    const byProject = new Map(prices.map((price) => [price.id, this.shares(price, day, 'target_project_id', warnings)]));
    const free = this.freeByTeam(prices, byTeam, byProject);
    const draws = this.draws(day, free, warnings);
    return {
      warnings,
      parts: prices.flatMap((price) => {
        const [teams, projects] = [byTeam.get(price.id) as Share[], byProject.get(price.id) as Share[]];
        return [...teamParts(price, teams), ...projectParts(price, teams, projects, draws)];
      }),
    };
  }

  private prices(day: string, warnings: DayCosts['warnings']): Price[] {
    return [
      ...this.employees(day, warnings),
      ...this.contractors(day, warnings),
      ...this.vacancies(day, warnings),
      ...this.agents(day, warnings),
    ];
  }

  private employees(day: string, warnings: DayCosts['warnings']): Price[] {
    return this.facts.employee
      .filter((one) => within(day, one.start_date, one.end_date))
      .map((one) => {
        const terms = this.facts.employment_terms.find(
          (row) => row.employee_id === one.id && within(day, row.effective_from, row.effective_to),
        ) as Facts['employment_terms'][number];
        const pay = newest(
          this.facts.salary_adjustment.filter((row) => row.employee_id === one.id),
          (row) => row.effective_date,
          day,
        );
        const price = { id: one.id, isAgent: false, paid: new Decimal(terms.contracted_fte), geography: terms.geography_id };
        if (!pay) warnings.SALARY_MISSING.add(one.id);
        const rate = pay && this.rate(pay.currency, day, one.id, warnings);
        if (!pay || !rate) return { ...price, perFte: {} };
        const ofYear = this.working(terms.geography_id, day) ? ONE.div(this.workingDays(terms.geography_id, day, 'year')) : ZERO;
        const base = rate.mul(pay.annual_salary).mul(ofYear);
        const overhead = base.mul(this.overhead(terms.work_type_id));
        return { ...price, perFte: { base, overhead }, bonus: rate.mul(pay.annual_bonus).mul(ofYear) };
      });
  }

  private contractors(day: string, warnings: DayCosts['warnings']): Price[] {
    return this.facts.contractor
      .filter((one) => within(day, one.start_date, one.end_date))
      .map((one) => {
        const price = { id: one.id, isAgent: false, paid: ONE, geography: one.geography_id };
        const row = newest(
          this.facts.rate_adjustment.filter((r) => r.contractor_id === one.id),
          (r) => r.effective_date,
          day,
        );
        if (!row) warnings.SALARY_MISSING.add(one.id);
        const rate = row && this.rate(row.currency, day, one.id, warnings);
        if (!row || !rate) return { ...price, perFte: {} };
        const units = {
          hourly: () => new Decimal(this.facts.organization.hours_per_day),
          daily: () => ONE,
          monthly: () => ONE.div(this.workingDays(one.geography_id, day, 'month')),
        }[row.rate_type];
        const contractor = this.working(one.geography_id, day) ? rate.mul(row.rate).mul(units()) : ZERO;
        return { ...price, perFte: { contractor } };
      });
  }

  private vacancies(day: string, warnings: DayCosts['warnings']): Price[] {
    return this.facts.vacancy
      .filter((one) => one.target_start_date <= day && this.isOpen(one, day))
      .map((one) => {
        const price = { id: one.id, isAgent: false, paid: new Decimal(one.fte), geography: one.geography_id };
        if (one.currency === null) warnings.SALARY_MISSING.add(one.id);
        const rate = one.currency === null ? undefined : this.rate(one.currency, day, one.id, warnings);
        if (!rate) return { ...price, perFte: {} };
        const middle = new Decimal(one.salary_min as string).add(one.salary_max as string).div(2);
        const multiplier = this.facts.geography.find((row) => row.id === one.geography_id)?.cost_multiplier ?? 1;
        const ofYear = this.working(one.geography_id, day) ? ONE.div(this.workingDays(one.geography_id, day, 'year')) : ZERO;
        const vacancy = rate.mul(middle).mul(multiplier).mul(this.overhead(one.work_type_id).add(1)).mul(ofYear);
        return { ...price, perFte: { vacancy } };
      });
  }

  private isOpen(one: Facts['vacancy'][number], day: string): boolean {
    if (one.status !== 'filled') return one.status === 'open';
    const filler =
      this.facts.employee.find((row) => row.id === one.filled_by_employee_id) ??
      this.facts.contractor.find((row) => row.id === one.filled_by_contractor_id);
    return !filler || !within(day, filler.start_date, filler.end_date);
  }

  private agents(day: string, warnings: DayCosts['warnings']): Price[] {
    return this.facts.ai_agent
      .filter((one) => within(day, one.start_date, one.end_date))
      .map((one) => {
        const rate = this.rate(one.currency, day, one.id, warnings);
        const ofMonth = ONE.div(new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate());
        const above = (planned: number, included: number): number => Math.max(planned - included, 0);
        const input = new Decimal(above(one.planned_input_tokens_per_month, one.included_input_tokens_per_month)).mul(
          one.price_per_million_input,
        );
        const output = new Decimal(above(one.planned_output_tokens_per_month, one.included_output_tokens_per_month)).mul(
          one.price_per_million_output,
        );
        const perFte = rate && {
          ai_seats: rate.mul(one.seats).mul(one.monthly_per_seat_price).mul(ofMonth),
          ai_tokens: rate.mul(input.add(output)).div(1_000_000).mul(ofMonth),
        };
        return { id: one.id, isAgent: true, paid: ONE, geography: null, perFte: perFte ?? {} };
      });
  }

  /** Allocations of a subject to teams or to projects; above what is paid for, all in the same proportion less. */
  private shares(price: Price, day: string, target: 'target_team_id' | 'target_project_id', warnings: DayCosts['warnings']): Share[] {
    const own = this.facts.allocation.filter(
      (row) => subjectOf(row) === price.id && row[target] !== null && within(day, row.start_date, row.end_date),
    );
    const total = own.reduce((sum, row) => sum.add(row.fte), ZERO);
    if (total.gt(price.paid)) warnings.OVER_ALLOCATED.add(`${target} ${price.id}`);
    const scale = total.gt(price.paid) ? price.paid.div(total) : ONE;
    return own.map((row) => ({ target: row[target], fte: scale.mul(row.fte) }));
  }

  /** FTE that the members' own projects leave to the projects of each team. */
  private freeByTeam(prices: readonly Price[], byTeam: Map<string, Share[]>, byProject: Map<string, Share[]>): Map<string, Decimal> {
    const free = new Map<string, Decimal>();
    for (const price of prices.filter((one) => !one.isAgent)) {
      for (const { target, fte } of pool(price, byTeam.get(price.id) as Share[], byProject.get(price.id) as Share[])) {
        free.set(target as string, (free.get(target as string) ?? ZERO).add(fte));
      }
    }
    return free;
  }

  /** Which part of what is free in a team goes to which project. */
  private draws(day: string, free: Map<string, Decimal>, warnings: DayCosts['warnings']): Map<string, Share[]> {
    const wishes = this.facts.allocation.filter((row) => row.team_id !== null && within(day, row.start_date, row.end_date));
    const draws = new Map<string, Share[]>();
    for (const team of new Set(wishes.map((row) => row.team_id as string))) {
      const own = wishes.filter((row) => row.team_id === team);
      const total = own.reduce((sum, row) => sum.add(row.fte), ZERO);
      const left = free.get(team) ?? ZERO;
      if (total.gt(left.add('0.000001'))) warnings.TEAM_SHORTFALL.add(team);
      const whole = Decimal.max(total, left);
      draws.set(
        team,
        own.map((row) => ({ target: row.target_project_id, fte: new Decimal(row.fte).div(whole) })),
      );
    }
    return draws;
  }

  /** One unit of a currency in the reporting currency. */
  private rate(currency: string, day: string, subject: string, warnings: DayCosts['warnings']): Decimal | undefined {
    const reporting = this.facts.organization.reporting_currency;
    if (currency === reporting) return ONE;
    const find = (from: string, to: string): string | undefined =>
      newest(
        this.facts.fx_rate.filter((row) => row.from_currency === from && row.to_currency === to),
        (row) => row.effective_from,
        day,
      )?.rate;
    const direct = find(currency, reporting);
    if (direct !== undefined) return new Decimal(direct);
    const inverse = find(reporting, currency);
    if (inverse !== undefined) return ONE.div(inverse);
    warnings.FX_MISSING.add(`${currency} ${subject}`);
    return undefined;
  }

  private overhead(workType: string | null): Decimal {
    return new Decimal(this.facts.work_type.find((row) => row.id === workType)?.overhead ?? 0);
  }

  private working(geography: string | null, day: string): boolean {
    const weekday = new Date(time(day)).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !this.facts.holiday.some((row) => row.geography_id === geography && row.day === day);
  }

  private workingDays(geography: string | null, day: string, period: 'year' | 'month'): Decimal {
    const start = day.slice(0, period === 'year' ? 4 : 7);
    const key = `${geography} ${start}`;
    const known = this.counts.get(key);
    if (known) return known;
    const all =
      period === 'year' ? daysOf(`${start}-01-01`, `${start}-12-31`) : daysOf(`${start}-01`, text(time(`${start}-01`) + 31 * DAY));
    const count = new Decimal(all.filter((one) => one.startsWith(start) && this.working(geography, one)).length);
    this.counts.set(key, count);
    return count;
  }
}

function subjectOf(row: Allocation): string | null {
  return row.employee_id ?? row.contractor_id ?? row.vacancy_id ?? row.ai_agent_id;
}

const sum = (shares: readonly Share[]): Decimal => shares.reduce((total, one) => total.add(one.fte), ZERO);

/** In each of the person's teams the same part of their share is left: the part that own projects leave of all that is paid. */
function pool(price: Price, teams: readonly Share[], projects: readonly Share[]): Share[] {
  const left = price.paid.sub(sum(projects)).div(price.paid);
  return teams.map(({ target, fte }) => ({ target, fte: fte.mul(left) }));
}

function teamParts(price: Price, teams: readonly Share[]): Part[] {
  const rest = price.paid.sub(sum(teams));
  const parts = teams.map(({ target, fte }) => part(price, 'team', { team: target }, fte, fte.div(sum(teams))));
  return [...parts, part(price, 'team', {}, rest, teams.length === 0 ? ONE : ZERO)];
}

function projectParts(price: Price, teams: readonly Share[], projects: readonly Share[], draws: Map<string, Share[]>): Part[] {
  const own = projects.map(({ target, fte }) => part(price, 'project', { project: target }, fte, fte.div(sum(projects))));
  const pools = price.isAgent ? [] : pool(price, teams, projects);
  const withBonus = projects.length === 0 ? pools : [];
  const drawn = pools.flatMap(({ target: team, fte }) =>
    (draws.get(team as string) ?? []).map(({ target, fte: ratio }) =>
      part(price, 'project', { project: target }, fte.mul(ratio), withBonus.length === 0 ? ZERO : fte.div(sum(pools)).mul(ratio)),
    ),
  );
  const taken = [...own, ...drawn];
  const rest = price.paid.sub(taken.reduce((total, one) => total.add(one.fte), ZERO));
  const bonusRest = ONE.sub(taken.reduce((total, one) => total.add(one.bonusPart), ZERO));
  return [...taken, part(price, 'project', {}, rest, bonusRest)];
}

function part(
  price: Price,
  split: Part['split'],
  target: { team?: string | null; project?: string | null },
  fte: Decimal,
  bonusPart: Decimal,
): Part & { fte: Decimal; bonusPart: Decimal } {
  const amounts: Amounts = {};
  for (const [name, amount] of Object.entries(price.perFte)) amounts[name as Component] = amount.mul(fte);
  if (price.bonus) amounts.bonus = price.bonus.mul(bonusPart);
  return {
    subject: price.id,
    split,
    team: target.team ?? null,
    project: target.project ?? null,
    geography: price.geography,
    amounts,
    fte,
    bonusPart,
  };
}
