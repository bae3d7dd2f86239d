import { addDays } from '../../src/analytics/calendar';
import type { Allocation, Generated, Terms, Vacancy } from './generated';

/** The groups that one row of facts belongs to, by dimension. */
export type Facts = Readonly<Record<string, string | null>>;

/** What one row adds to a metric's measures, in the group of its facts. */
export interface Contribution {
  readonly facts: Facts;
  readonly measures: Readonly<Record<string, number>>;
}

type Span = readonly [from: string, to: string];

const RATES = (currency: string, day: string): number | undefined =>
  currency === 'EUR' ? 1 : currency === 'USD' ? (day >= '2026-03-01' ? 0.8 : 0.9) : undefined;

function days([from, to]: Span): string[] {
  const list: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) list.push(day);
  return list;
}

const isMonday = (day: string): boolean => new Date(day).getUTCDay() === 1;
const isWeekday = (day: string): boolean => new Date(day).getUTCDay() % 6 !== 0;

/** Every metric again, day by day over plain rows, and without the product's calendar of periods. */
export class Reference {
  constructor(
    private readonly org: Generated,
    private readonly today: string,
  ) {}

  private runs = (one: Allocation, day: string): boolean => one.start <= day && one.end >= day;

  private team(subject: string, day: string): string | null {
    const primary = this.org.allocations.filter(
      (one) => one.subject === subject && one.primary && one.team !== null && this.runs(one, day),
    );
    return primary.sort((a, b) => (a.start < b.start ? 1 : -1))[0]?.team ?? null;
  }

  private teamFacts(id: string | null): Facts & { centre: string | null } {
    const team = this.org.teams.find((one) => one.id === id);
    return { team: id, parent_team: team ? (team.parent ?? team.id) : null, centre: team?.cost_centre ?? null };
  }

  private country(place: string | null): string | null {
    return place === null ? null : (['DE', 'PL'][this.org.places.indexOf(place)] ?? null);
  }

  private terms(id: string, day: string): Terms {
    return this.org.people.find((one) => one.id === id)!.terms.find(({ from, to }) => from <= day && to >= day)!;
  }

  fte(id: string, day: string): number {
    return id.startsWith('emp_') ? this.terms(id, day).fte : 1;
  }

  private facts(id: string, day: string): Facts {
    const { centre, ...team } = this.teamFacts(this.team(id, day));
    if (id.startsWith('con_')) {
      const { manager, geography } = this.org.contractors.find((one) => one.id === id)!;
      return {
        ...team,
        resource_type: 'contractor',
        contractor: id,
        manager,
        geography,
        country: this.country(geography),
        cost_centre: centre,
      };
    }
    const { manager, job_role, geography, cost_centre } = this.terms(id, day);
    return {
      ...team,
      resource_type: 'employee',
      employee: id,
      manager,
      job_role,
      geography,
      country: this.country(geography),
      cost_centre: cost_centre ?? centre,
    };
  }

  private project(id: string | null): Facts {
    const found = this.org.projects.find((one) => one.id === id);
    if (!found) return {};
    return { project: id, project_status: found.status, value_stream: found.value_stream, capex_class: found.capex_class };
  }

  private employedOn(day: string): string[] {
    return this.org.people.filter(({ start, end }) => start <= day && end >= day).map(({ id }) => id);
  }

  private workersOn(day: string): string[] {
    return [...this.employedOn(day), ...this.org.contractors.filter(({ start, end }) => start <= day && end >= day).map(({ id }) => id)];
  }

  people([from, to]: Span): Contribution[] {
    const employed = this.employedOn(to);
    const reports = (id: string): number => employed.filter((one) => this.terms(one, to).manager === id).length;
    const level = (id: string): number => {
      const { manager } = this.terms(id, to);
      return manager !== null && employed.includes(manager) ? level(manager) + 1 : 1;
    };
    return [
      ...employed.map((id) => ({
        facts: this.facts(id, to),
        measures: {
          headcount: 1,
          fte: this.fte(id, to),
          managed: reports(id),
          managers: reports(id) > 0 ? 1 : 0,
          most: reports(id),
          level: level(id),
        },
      })),
      ...this.employedOn(from).map((id) => ({ facts: this.facts(id, from), measures: { opening: 1 } })),
      ...this.org.people
        .filter(({ start }) => start >= from && start <= to)
        .map(({ id, start }) => ({ facts: this.facts(id, start), measures: { joiners: 1 } })),
      ...this.org.people
        .filter(({ end }) => end >= from && end <= to)
        .map(({ id, end }) => ({ facts: this.facts(id, end), measures: { leavers: 1 } })),
      ...this.org.contractors
        .filter(({ start, end }) => start <= to && end >= to)
        .map(({ id }) => ({ facts: this.facts(id, to), measures: { contractors: 1, charging: 1, rate: this.dayRate(id, to) } })),
    ];
  }

  private dayRate(id: string, day: string): number {
    const { type, amount, currency } = this.org.contractors.find((one) => one.id === id)!.rate;
    const month = days([`${day.slice(0, 8)}01`, addDays(`${day.slice(0, 8)}01`, 27)]).concat(
      [28, 29, 30].map((more) => addDays(`${day.slice(0, 8)}01`, more)),
    );
    const workdays = month.filter((one) => one.startsWith(day.slice(0, 7)) && isWeekday(one)).length;
    return amount * { hourly: 8, daily: 1, monthly: 1 / workdays }[type] * RATES(currency, day)!;
  }

  vacancies([, to]: Span): Contribution[] {
    return this.org.vacancies
      .filter((one) => this.isVacant(one, to))
      .map(({ id, fte, geography }) => {
        const placed = this.org.allocations.find((one) => one.subject === id && one.team !== null);
        const { centre: _, ...team } = this.teamFacts(placed?.team ?? null);
        return { facts: { ...team, geography, country: this.country(geography) }, measures: { vacancies: 1, openFte: fte } };
      });
  }

  private isVacant({ status, filler }: Vacancy, day: string): boolean {
    return status === 'open' || (status === 'filled' && !this.org.here(filler!, day));
  }

  work(span: Span): Contribution[] {
    const length = days(span).length;
    return days(span).flatMap((day) => [
      ...this.workersOn(day).map((id) => ({ facts: this.facts(id, day), measures: { capacity: this.fte(id, day) / length } })),
      ...this.org.allocations
        .filter((one) => one.project !== null && this.runs(one, day))
        .flatMap((one): Contribution[] => {
          const share = one.fte / length;
          const staffed = { allocated: share, staffed: share };
          const project = this.project(one.project);
          if (one.subject.startsWith('team_')) {
            const { centre, ...team } = this.teamFacts(one.subject);
            return [{ facts: { ...project, ...team, resource_type: 'team', cost_centre: centre }, measures: staffed }];
          }
          if (!one.subject.startsWith('vac_'))
            return this.org.here(one.subject, day) ? [{ facts: { ...project, ...this.facts(one.subject, day) }, measures: staffed }] : [];
          const vacancy = this.org.vacancies.find(({ id }) => id === one.subject)!;
          const { geography } = vacancy;
          const facts = { ...project, resource_type: 'vacancy', geography, country: this.country(geography) };
          return this.isVacant(vacancy, day) ? [{ facts, measures: { allocated: share } }] : [];
        }),
    ]);
  }

  overload(span: Span): Contribution[] {
    const last = new Map<string, string>();
    for (const day of days(span))
      for (const id of this.workersOn(day)) {
        const sum = (toTeam: boolean): number =>
          this.org.allocations
            .filter((one) => one.subject === id && (one.team !== null) === toTeam && this.runs(one, day))
            .reduce((total, { fte }) => total + fte, 0);
        if (Math.max(sum(true), sum(false)) > this.fte(id, day) + 1e-9) last.set(id, day);
      }
    return [...last].map(([id, day]) => ({ facts: this.facts(id, day), measures: { overloaded: 1 } }));
  }

  effort([from, to]: Span): Contribution[] {
    const until = [to, addDays(this.today, -7)].sort()[0] as string;
    const mondays = days([from, until]).filter(isMonday);
    const present = (id: string, monday: string): string[] =>
      [0, 1, 2, 3, 4].map((offset) => addDays(monday, offset)).filter((day) => this.org.here(id, day));
    const everybody = [...this.org.people, ...this.org.contractors];
    const factDay = (id: string, monday: string): string => {
      const { end } = everybody.find((one) => one.id === id)!;
      return [addDays(monday, 6), end].sort()[0] as string;
    };
    return [
      ...this.org.effort
        .filter(({ week }) => mondays.includes(week))
        .map(({ subject, week, category, project, fraction }) => {
          const day = factDay(subject, week);
          const worked = (fraction * this.fte(subject, day) * present(subject, week).length) / 5 / mondays.length;
          const facts = { ...this.project(project), ...this.facts(subject, day), work_category: category };
          return { facts, measures: { worked, onProjects: category === 'project' ? worked : 0, handedIn: fraction } };
        }),
      ...mondays.flatMap((monday) =>
        everybody
          .filter(({ id }) => present(id, monday).length > 0)
          .map(({ id }) => ({ facts: this.facts(id, factDay(id, monday)), measures: { expected: 1 } })),
      ),
    ];
  }

  /** Employees of the last day who used AI in the span. */
  adopters([from, to]: Span): Contribution[] {
    const users = new Set(this.org.usage.filter(({ day }) => day >= from && day <= to).map(({ person }) => person));
    return this.employedOn(to).map((id) => ({ facts: this.facts(id, to), measures: { headcount: 1, adopters: users.has(id) ? 1 : 0 } }));
  }

  /** Of one dimension at a time: by team, what somebody uses is divided among their teams, else theirs is the primary one. */
  usage([from, to]: Span, byTeam: boolean): (Contribution & { user: string | null })[] {
    return this.org.usage
      .filter(({ day }) => day >= from && day <= to)
      .flatMap(({ person, day, system, tokens, cost, currency }) => {
        const rate = RATES(currency, day);
        const person_ = person === null ? undefined : this.org.people.find(({ id }) => id === person)!;
        const factDay = person_ && [day, person_.end].sort()[0]!;
        const known = person_ && factDay! >= person_.start ? this.facts(person_.id, factDay!) : {};
        const own = person_ && factDay! >= person_.start ? this.terms(person_.id, factDay!).cost_centre : null;
        const teams = this.org.allocations.filter((one) => one.subject === person && one.team !== null && this.runs(one, day));
        const shares =
          byTeam && teams.length > 0
            ? teams.map(({ team, fte }) => ({ team, weight: fte / teams.reduce((sum, one) => sum + one.fte, 0) }))
            : [{ team: null, weight: 1 }];
        return shares.map(({ team, weight }) => {
          const { centre, ...placed } = this.teamFacts(team);
          const divided = byTeam ? { ...placed, cost_centre: own ?? centre } : {};
          const facts = { ...known, ...divided, employee: person, ai_system: system };
          return {
            user: person,
            facts,
            measures: {
              spend: (rate ?? 0) * cost * weight,
              spendOfPeople: person === null ? 0 : (rate ?? 0) * cost * weight,
              tokens: tokens * weight,
              out: weight,
            },
          };
        });
      });
  }

  /** By the scope that is split by, by default the organization's own. */
  budgets(span: Span, scope: string): Contribution[] {
    const months = { month: 1, quarter: 3, fiscal_year: 12 } as const;
    return days(span).flatMap((day) => {
      const length = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
      const begun = this.org.budgets.filter((one) => one.scope === scope && one.from <= day).sort((a, b) => (a.from < b.from ? 1 : -1));
      const inForce = begun.filter((one, index) => begun.findIndex(({ target }) => target === one.target) === index);
      return inForce.map(({ target, amount, period, currency }) => ({
        facts: { [scope]: target },
        measures: { budget: (amount / months[period as keyof typeof months] / length) * (RATES(currency, day) ?? 0) },
      }));
    });
  }
}
