import { OrganizationPlan } from './blueprints';
import { Dice } from './dice';
import { JOBS } from './job-catalogue';
import { Project } from './project-data';
import { converted, ReferenceIds } from './reference-data';
import { RowSet } from './rows';
import { Hiring, Person } from './workforce-data';

/** Pay, overhead and bonus, and what contractors, vacancies and AI come to beside them. */
const ON_TOP_OF_PAY = 1.42;

/** Budgets of every scope and period, for the last fiscal year and this one, near to what things cost. */
export class Budgeting {
  private readonly years: readonly string[];

  constructor(
    private readonly rows: RowSet,
    private readonly plan: OrganizationPlan,
    private readonly hiring: Hiring,
    today: string,
    private readonly dice: Dice,
  ) {
    const month = String(plan.fiscalYearStartMonth).padStart(2, '0');
    const year = Number(today.slice(0, 4)) - (today.slice(5, 7) < month ? 1 : 0);
    this.years = [`${year - 1}-${month}-01`, `${year}-${month}-01`];
  }

  setAll(ids: ReferenceIds, projects: readonly Project[]): void {
    const employed = this.hiring.people.filter((person) => person.settled);
    this.set('org', {}, this.yearly(employed), 'fiscal_year');
    for (const id of ids.costCentres.values())
      this.set('cost_centre', { cost_centre_id: id }, this.yearly(employed.filter(({ costCentre }) => costCentre === id)), 'fiscal_year');
    for (const { id } of this.hiring.teams.values()) {
      const people = employed.filter(({ team }) => team === id);
      if (people.length > 10)
        this.set('team', { team_id: id }, this.yearly(people), this.dice.pick(['month', 'quarter', 'fiscal_year'] as const));
    }
    for (const id of ids.valueStreams.values()) this.set('value_stream', { value_stream_id: id }, this.thousands(900), 'quarter');
    for (const { id, plan } of projects) {
      if (plan.stage !== 'in_progress') continue;
      const amount = plan.flaws.includes('overspent') ? this.thousands(30) : this.thousands(110 * (plan.people + plan.teamFte) + 20);
      this.set('project', { project_id: id }, amount, 'fiscal_year');
    }
  }

  private thousands(euros: number): number {
    return converted(euros * 1000, 'EUR', this.plan.currency);
  }

  private yearly(people: readonly Person[]): number {
    const pay = people.map(({ job, place, fte }) => {
      const euros = JOBS.find(({ title }) => title === job)?.pay ?? 0;
      return converted(euros * place.payFactor * fte, place.currency, this.plan.currency);
    });
    return pay.reduce((sum, one) => sum + one, 0) * ON_TOP_OF_PAY;
  }

  private set(scope: string, target: Record<string, string>, yearly: number, period: 'month' | 'quarter' | 'fiscal_year'): void {
    const parts = { month: 12, quarter: 4, fiscal_year: 1 }[period];
    for (const [index, effective] of this.years.entries()) {
      const amount = Math.round(((yearly / parts) * (0.88 + index * 0.08 + this.dice.next() * 0.1)) / 1000) * 1000;
      const row = { scope, ...target, amount, period, currency: this.plan.currency, effective_date: effective };
      this.rows.add('budget', { id: this.dice.id('bud'), ...row });
    }
  }
}
