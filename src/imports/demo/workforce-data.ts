import { OrganizationPlan, Place, Unit, UNRATED } from './blueprints';
import { drawEmployment, drawStints, Employment, Stint } from './career';
import { addDays } from './days';
import { Dice } from './dice';
import { JOBS } from './job-catalogue';
import { drawPay } from './pay';
import { ReferenceIds } from './reference-data';
import { externalId, RowSet } from './rows';

export interface Person {
  id: string;
  name: string;
  email: string;
  start: string;
  end: string | null;
  job: string;
  place: Place;
  /** Of the last stretch of the employment. */
  team: string;
  costCentre: string | null;
  /** The least that was ever contracted. */
  fte: number;
  /** Employed for good: neither gone, nor leaving, nor yet to come. */
  settled: boolean;
}

export interface HiredTeam {
  id: string;
  leadId: string;
  costCentre: string;
  /** Itself and all teams above it, by name. */
  path: readonly string[];
}

/** Days of service of the leads by level: whoever leads was there first. */
const LEAD_TENURE = [
  [4300, 4600],
  [3200, 3900],
  [2500, 3100],
  [1900, 2400],
] as const;

/** Hires an organization: leads first, then each team's members; people, terms, pay, teams, allocations. */
export class Hiring {
  readonly people: Person[] = [];
  readonly teams = new Map<string, HiredTeam>();
  private readonly addresses = new Set<string>();
  private readonly leafTeams: string[] = [];

  constructor(
    private readonly rows: RowSet,
    private readonly plan: OrganizationPlan,
    private readonly ids: ReferenceIds,
    private readonly today: string,
    private readonly dice: Dice,
  ) {}

  hireAll(withUnrated: boolean): void {
    this.hireUnit(this.plan.tree, null, null, null, []);
    const lead = this.people[0] as Person;
    if (withUnrated) this.hire('Legal Counsel', lead.id, this.leafTeams.at(-1) as string, UNRATED, this.everyDay(800));
  }

  private hireUnit(unit: Unit, parent: string | null, managerId: string | null, costCentre: string | null, above: readonly string[]): void {
    const { dice } = this;
    const level = above.length;
    const id = dice.id('team');
    const centre = level <= 1 ? this.addCostCentre(unit.name) : (costCentre as string);
    if (unit.people > 0) this.leafTeams.push(id);
    const [shortest, longest] = LEAD_TENURE[Math.min(level, 3)] as readonly [number, number];
    const lead = this.hire(unit.lead, managerId, id, dice.weighted(this.plan.places), this.everyDay(dice.int(shortest, longest)), centre);
    const path = [...above, unit.name];
    this.teams.set(unit.name, { id, leadId: lead.id, costCentre: centre, path });
    this.rows.add('team', {
      id,
      external_id: externalId(unit.name),
      name: unit.name,
      team_type: unit.type,
      parent_team_id: parent,
      manager_id: lead.id,
      cost_centre_id: centre,
    });
    for (let count = 0; count < unit.people; count += 1) {
      this.hire(dice.pick(unit.jobs), lead.id, id, dice.weighted(this.plan.places), drawEmployment(lead.start, this.today, dice), centre);
    }
    for (const child of unit.children) this.hireUnit(child, id, lead.id, centre, path);
  }

  private everyDay(tenure: number): Employment {
    return { start: addDays(this.today, -tenure), end: null, notice: null };
  }

  private addCostCentre(name: string): string {
    const id = this.dice.id('cc');
    this.rows.add('cost_centre', { id, code: String(1000 + this.ids.costCentres.size * 100), name });
    this.ids.costCentres.set(name, id);
    return id;
  }

  private hire(
    job: string,
    managerId: string | null,
    team: string,
    place: Place,
    employment: Employment,
    costCentre: string | null = null,
  ): Person {
    const { dice } = this;
    const culture = dice.pick(this.plan.cultures);
    const [firstName, lastName] = [dice.pick(culture.given), dice.pick(culture.family)];
    const settled = employment.end === null && employment.start <= this.today;
    const id = dice.id('emp');
    const skills = JOBS.find((one) => one.title === job)?.skills ?? [];
    const email = this.address(firstName, lastName);
    const drawn = dice.some(skills, 4);
    const others = this.leafTeams.filter((other) => other !== team);
    const stints = drawStints(employment, job, team, others, this.today, dice);
    const { start, end } = employment;
    const fte = Math.min(...stints.map((stint) => stint.fte));
    const person = { id, name: `${firstName} ${lastName}`, email, start, end, job, place, team, costCentre, fte, settled };
    this.people.push(person);
    this.rows.add('employee', {
      id: person.id,
      external_id: `HR-${String(this.people.length).padStart(4, '0')}`,
      first_name: firstName,
      last_name: lastName,
      email,
      start_date: employment.start,
      end_date: employment.end,
      notice_date: employment.notice,
      skills: drawn,
    });
    this.addTerms(person.id, stints, managerId, place, costCentre);
    this.addPay(person.id, employment, stints, place);
    this.addAllocations(person.id, employment, stints, others);
    return person;
  }

  private address(firstName: string, lastName: string): string {
    const plain = `${firstName}.${lastName}`
      .normalize('NFKD')
      .replace(/[ŁłØøÞþ]/g, (letter) => ({ Ł: 'l', ł: 'l', Ø: 'O', ø: 'o', Þ: 'th', þ: 'th' })[letter] as string);
    const local = plain
      .replace(/ß/g, 'ss')
      .replace(/[^A-Za-z.-]/g, '')
      .toLowerCase();
    let address = `${local}@${this.plan.mailDomain}`;
    for (let suffix = 2; this.addresses.has(address); suffix += 1) address = `${local}${suffix}@${this.plan.mailDomain}`;
    this.addresses.add(address);
    return address;
  }

  private addTerms(employee: string, stints: readonly Stint[], managerId: string | null, place: Place, costCentre: string | null): void {
    const kind = this.dice.chance(0.06) ? this.ids.fixedTerm : this.ids.permanent;
    for (const stint of stints) {
      this.rows.add('employment_terms', {
        id: this.dice.id('trm'),
        employee_id: employee,
        effective_from: stint.from,
        effective_to: stint.to,
        manager_id: managerId,
        job_role_id: this.ids.jobRole.get(stint.job),
        work_type_id: stint.job === 'Intern' ? this.ids.intern : kind,
        geography_id: this.ids.geography.get(place),
        cost_centre_id: costCentre,
        contracted_fte: stint.fte,
      });
    }
  }

  private addPay(employee: string, employment: Employment, stints: readonly Stint[], place: Place): void {
    for (const pay of drawPay(employment, stints, place.payFactor, this.today, this.dice)) {
      this.rows.add('salary_adjustment', {
        id: this.dice.id('sal'),
        employee_id: employee,
        effective_date: pay.day,
        annual_salary: pay.salary,
        annual_bonus: pay.bonus,
        currency: place.currency,
        reason: pay.reason,
      });
    }
  }

  /** One primary allocation per stretch in a team; some people lend a fifth of their time to another. */
  private addAllocations(employee: string, employment: Employment, stints: readonly Stint[], others: readonly string[]): void {
    const stretches = stints.reduce<Stint[]>((kept, stint) => {
      const last = kept.at(-1);
      if (last?.team !== stint.team || last.fte !== stint.fte) return [...kept, { ...stint }];
      return [...kept.slice(0, -1), { ...last, to: stint.to }];
    }, []);
    const lends = others.length > 0 && stretches.at(-1)?.fte === 1 && this.dice.chance(0.05);
    stretches.forEach((stretch, index) => {
      const isLast = index === stretches.length - 1;
      const shared = { employee_id: employee, start_date: stretch.from, end_date: isLast ? employment.end : stretch.to };
      const fte = isLast && lends ? 0.8 : stretch.fte;
      this.rows.add('allocation', { id: this.dice.id('alc'), ...shared, target_team_id: stretch.team, fte, is_primary: true });
      if (isLast && lends)
        this.rows.add('allocation', {
          id: this.dice.id('alc'),
          ...shared,
          target_team_id: this.dice.pick(others),
          fte: 0.2,
          is_primary: false,
        });
    });
  }
}
