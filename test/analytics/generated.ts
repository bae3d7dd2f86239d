import { newId } from '../../src/database';
import { addDays } from '../../src/analytics/calendar';

/** Draws whose sequence a seed decides. */
export class Dice {
  constructor(private state: number) {}

  below(beyond: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * beyond);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  times<T>(least: number, most: number, make: (index: number) => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, (_, index) => make(index));
  }
}

export const FIRST = '2026-01-01';
export const LAST = '2026-06-30';

export interface Terms {
  from: string;
  to: string;
  manager: string | null;
  job_role: string;
  geography: string;
  cost_centre: string | null;
  fte: number;
}

export interface Person {
  id: string;
  start: string;
  end: string;
  terms: Terms[];
}

export interface Contractor {
  id: string;
  start: string;
  end: string;
  manager: string;
  geography: string;
  rate: { type: 'hourly' | 'daily' | 'monthly'; amount: number; currency: string };
}

export interface Allocation {
  subject: string;
  team: string | null;
  project: string | null;
  fte: number;
  start: string;
  end: string;
  primary: boolean;
}

export interface Vacancy {
  id: string;
  status: string;
  fte: number;
  filler: string | null;
  geography: string;
}

/** The rows of a small organization whose people move about in the first half of 2026. */
export class Generated {
  readonly teams: { id: string; parent: string | null; cost_centre: string | null }[] = [];
  readonly projects: { id: string; status: string; value_stream: string | null; capex_class: string }[] = [];
  readonly people: Person[] = [];
  readonly contractors: Contractor[] = [];
  readonly vacancies: Vacancy[] = [];
  readonly allocations: Allocation[] = [];
  readonly effort: { subject: string; week: string; category: string; project: string | null; fraction: number }[] = [];
  readonly usage: { person: string | null; day: string; system: string; tokens: number; cost: number; currency: string }[] = [];
  readonly budgets: { scope: string; target: string | null; amount: number; period: string; currency: string; from: string }[] = [];
  readonly roles = ['role', 'role'].map(newId);
  readonly places = ['geo', 'geo'].map(newId);
  readonly centres = ['cc', 'cc', 'cc'].map(newId);
  readonly streams = ['vs', 'vs'].map(newId);

  constructor(private readonly dice: Dice) {
    this.make();
  }

  private make(): void {
    const { dice } = this;
    dice.times(3, 6, (index) =>
      this.teams.push({
        id: newId('team'),
        parent: index > 0 && dice.chance(60) ? (this.teams[dice.below(index)]?.id ?? null) : null,
        cost_centre: dice.chance(50) ? dice.pick(this.centres) : null,
      }),
    );
    dice.times(2, 4, () =>
      this.projects.push({
        id: newId('prj'),
        status: dice.pick(['active', 'completed', 'planning']),
        value_stream: dice.chance(60) ? dice.pick(this.streams) : null,
        capex_class: dice.pick(['capex', 'opex', 'none']),
      }),
    );
    dice.times(6, 12, (index) => this.hire(index));
    dice.times(1, 4, () => this.contract());
    dice.times(2, 5, () => this.look());
    dice.times(0, 2, () =>
      this.allocations.push({
        ...this.span(FIRST, LAST),
        subject: this.teamId(),
        team: null,
        project: this.project(),
        fte: 2.5,
        primary: false,
      }),
    );
    this.people.forEach(({ id, start, end }) => this.work(id, start, end));
    this.contractors.forEach(({ id, start, end }) => this.work(id, start, end));
    this.useAi();
    this.plan();
  }

  private day(from = FIRST, to = LAST): string {
    return addDays(from, this.dice.below((Date.parse(to) - Date.parse(from)) / 86_400_000 + 1));
  }

  private span(from: string, to: string): { start: string; end: string } {
    const [one, other] = [this.day(from, to), this.day(from, to)].sort() as [string, string];
    return { start: one, end: other };
  }

  private teamId = (): string => this.dice.pick(this.teams).id;
  private project = (): string => this.dice.pick(this.projects).id;

  private hire(index: number): void {
    const { dice } = this;
    const start = dice.chance(60) ? '2025-01-01' : this.day();
    const end = dice.chance(30) ? this.day(start < FIRST ? FIRST : start) : 'infinity';
    const change = dice.chance(50) ? this.day(addDays(start, 1) < FIRST ? FIRST : addDays(start, 1), '2026-07-31') : undefined;
    const terms = (from: string, to: string): Terms => ({
      ...{ from, to, manager: index > 0 ? (this.people[dice.below(Math.min(index, 3))]?.id ?? null) : null },
      ...{ job_role: dice.pick(this.roles), geography: dice.pick(this.places), fte: dice.pick([1, 0.8, 0.5]) },
      cost_centre: dice.chance(40) ? dice.pick(this.centres) : null,
    });
    const id = newId('emp');
    this.people.push({
      id,
      start,
      end,
      terms: change ? [terms(start, addDays(change, -1)), terms(change, 'infinity')] : [terms(start, 'infinity')],
    });
    this.allocate(id);
  }

  private contract(): void {
    const start = this.dice.chance(50) ? '2025-06-01' : this.day();
    const end = this.dice.chance(50) ? this.day(start < FIRST ? FIRST : start) : 'infinity';
    const id = newId('con');
    const rate = {
      type: this.dice.pick(['hourly', 'daily', 'monthly'] as const),
      amount: 50 + this.dice.below(900),
      currency: this.dice.pick(['EUR', 'USD']),
    };
    this.contractors.push({ id, start, end, manager: this.people[0]!.id, geography: this.dice.pick(this.places), rate });
    this.allocate(id);
  }

  /** Teams, primary ones that follow or overlap each other among them, with gaps; and projects. */
  private allocate(subject: string): void {
    const { dice } = this;
    const fte = (): number => dice.pick([1, 0.6, 0.4]);
    if (dice.chance(80)) {
      const change = dice.chance(40) ? this.day() : undefined;
      const ends = change === undefined ? 'infinity' : addDays(change, dice.pick([-5, -1, 3]));
      this.allocations.push({ subject, team: this.teamId(), project: null, fte: fte(), start: '2025-01-01', end: ends, primary: true });
      if (change)
        this.allocations.push({
          subject,
          team: this.teamId(),
          project: null,
          fte: fte(),
          start: change,
          end: this.day(change, '2026-12-31'),
          primary: true,
        });
    }
    if (dice.chance(30))
      this.allocations.push({ ...this.span(FIRST, LAST), subject, team: this.teamId(), project: null, fte: fte(), primary: false });
    dice.times(0, 3, () =>
      this.allocations.push({ ...this.span(FIRST, LAST), subject, team: null, project: this.project(), fte: fte(), primary: false }),
    );
  }

  private look(): void {
    const status = this.dice.pick(['open', 'filled', 'on_hold']);
    const filler = status === 'filled' ? this.dice.pick(this.people).id : null;
    const id = newId('vac');
    this.vacancies.push({ id, status, fte: this.dice.pick([1, 0.5]), filler, geography: this.dice.pick(this.places) });
    if (this.dice.chance(60))
      this.allocations.push({ ...this.span(FIRST, LAST), subject: id, team: this.teamId(), project: null, fte: 1, primary: true });
    if (this.dice.chance(40))
      this.allocations.push({ ...this.span(FIRST, LAST), subject: id, team: null, project: this.project(), fte: 0.5, primary: false });
  }

  private work(subject: string, start: string, end: string): void {
    for (let week = '2025-12-29'; week <= LAST; week = addDays(week, 7)) {
      if (addDays(week, 4) < start || week > end || !this.dice.chance(70)) continue;
      const line = (fraction: number, category: string): void =>
        void this.effort.push({ subject, week, category, project: category === 'project' ? this.project() : null, fraction });
      line(0.5, 'project');
      line(0.25, this.dice.pick(['project', 'unlinked']));
      line(0.25, 'non_project');
    }
  }

  private useAi(): void {
    for (const person of [...this.people.map(({ id }) => id), null]) {
      if (!this.dice.chance(60)) continue;
      const days = new Set(this.dice.times(1, 6, () => this.day()));
      for (const day of days)
        for (const system of ['Cursor', 'ChatGPT'].filter(() => this.dice.chance(60)))
          this.usage.push({
            person,
            day,
            system,
            tokens: 1 + this.dice.below(9_999),
            cost: 1 + this.dice.below(99),
            currency: this.dice.pick(['EUR', 'USD', 'JPY']),
          });
    }
  }

  private plan(): void {
    const periods = ['month', 'quarter', 'fiscal_year'];
    const add = (scope: string, target: string | null): void => {
      for (const from of ['2025-07-01', '2026-03-16'].slice(0, 1 + this.dice.below(2)))
        this.budgets.push({
          scope,
          target,
          amount: 1_000 + this.dice.below(90_000),
          period: this.dice.pick(periods),
          currency: this.dice.pick(['EUR', 'USD']),
          from,
        });
    };
    add('org', null);
    this.teams.slice(0, 3).forEach(({ id }) => add('team', id));
    this.centres.slice(0, 2).forEach((id) => add('cost_centre', id));
    this.projects.slice(0, 2).forEach(({ id }) => add('project', id));
  }

  /** Whether a day is in the employment or contract of somebody. */
  here(subject: string, day: string): boolean {
    const found = this.people.find(({ id }) => id === subject) ?? this.contractors.find(({ id }) => id === subject);
    return found !== undefined && found.start <= day && found.end >= day;
  }
}
