import { OrganizationPlan, Place } from './blueprints';
import { addDays, later, monthStart } from './days';
import { Dice } from './dice';
import { JOBS } from './job-catalogue';
import { AgentPlan } from './portfolio-plans';
import { ProjectStaffing } from './project-data';
import { ReferenceIds } from './reference-data';
import { externalId, RowSet } from './rows';
import { Hiring, Person } from './workforce-data';

const COMPANIES = ['Brightwater Consulting', 'Nordhang Software', 'Quayside Analytics', 'Tallgrass Systems'];
const CONTRACT_JOBS = ['Software Engineer', 'Senior Software Engineer', 'Data Scientist', 'Product Designer', 'Recruiter'];
const WORKING_DAYS = 220;

type Filler = 'employee' | 'contractor' | 'leaver' | null;

/** In turn: how vacancies stand. The leaver's is open again, though its row says filled. */
const VACANCIES: readonly (readonly [status: string, filler: Filler])[] = [
  ...(['open', 'open', 'filled', 'open'] as const).map((status) => [status, status === 'filled' ? 'employee' : null] as const),
  ...([
    ['on_hold', null],
    ['open', null],
    ['cancelled', null],
    ['filled', 'leaver'],
    ['open', null],
    ['filled', 'contractor'],
  ] as const),
];

interface Contractor {
  id: string;
  start: string;
  end: string | null;
}

/** Those who work beside the employees, and those who are looked for. */
export class Staffing {
  readonly contractors: Contractor[] = [];
  readonly agents: (AgentPlan & { id: string; start: string })[] = [];
  private readonly teams: readonly { id: string; leadId: string; costCentre: string }[];
  private readonly taken = new Set<string>();

  constructor(
    private readonly rows: RowSet,
    private readonly plan: OrganizationPlan,
    private readonly hiring: Hiring,
    private readonly ids: ReferenceIds,
    private readonly today: string,
    private readonly dice: Dice,
  ) {
    this.teams = [...hiring.teams.values()].filter(({ path }) => path.length > 2 || hiring.teams.size < 6);
  }

  /** Every seventh works for no team, every third also for a project. */
  contract(number: number, projects: ProjectStaffing): void {
    const { dice } = this;
    const [place, team, job] = [dice.weighted(this.plan.places), dice.pick(this.teams), dice.pick(CONTRACT_JOBS)];
    const culture = dice.pick(this.plan.cultures);
    const company = dice.chance(0.35) ? dice.pick(COMPANIES) : null;
    const start = addDays(this.today, number % 13 === 12 ? 20 : -dice.int(40, 900));
    const end = dice.chance(0.6) ? later(addDays(start, 30), addDays(this.today, dice.int(-300, 300))) : null;
    const id = dice.id('con');
    const name = `${dice.pick(culture.given)} ${dice.pick(culture.family)}`;
    this.contractors.push({ id, start, end });
    this.rows.add('contractor', {
      ...{ id, name: company && dice.chance(0.3) ? company : name, contractor_type: company ? 'company' : 'individual' },
      ...{ company_name: company, email: `contractor${number + 1}@partners.example`, manager_id: team.leadId },
      ...{ job_role_id: this.ids.jobRole.get(job), geography_id: this.ids.geography.get(place), cost_centre_id: team.costCentre },
      ...{ start_date: start, end_date: end, external_id: `CON-${String(number + 1).padStart(3, '0')}` },
    });
    this.addRates(id, job, place, start);
    const fte = dice.pick([1, 1, 0.8, 0.5]);
    if (number % 7 !== 6) this.place({ contractor_id: id }, team.id, fte, start, end);
    const project = number % 3 === 0 ? projects.running.find(() => dice.chance(0.3)) : undefined;
    if (project) projects.assign({ id }, { projectId: project.id, from: later(start, project.start), to: end, fte: 0.5 }, 'contractor_id');
  }

  /** What an employee would cost in a year and a half again, by the day; changed once for every third, at times in kind. */
  private addRates(contractor: string, job: string, place: Place, start: string): void {
    const daily =
      ((JOBS.find(({ title }) => title === job)?.pay ?? 60_000) * place.payFactor * (1.3 + this.dice.next() * 0.5)) / WORKING_DAYS;
    const rate = (day: string, factor: number): void => {
      const [type, share] = this.dice.pick([
        ['hourly', 1 / 8],
        ['daily', 1],
        ['daily', 1],
        ['monthly', WORKING_DAYS / 12],
      ] as const);
      const amount = Math.round(daily * factor * share);
      const row = { contractor_id: contractor, effective_date: day, rate_type: type, rate: amount, currency: place.currency };
      this.rows.add('rate_adjustment', { id: this.dice.id('rat'), ...row });
    };
    rate(start, 1);
    if (this.dice.chance(0.33)) rate(addDays(start, this.dice.int(60, 240)), 1.06);
  }

  look(number: number): void {
    const { dice } = this;
    const [status, filler] = VACANCIES[number % VACANCIES.length] as (typeof VACANCIES)[number];
    const [place, team, job] = [dice.weighted(this.plan.places), dice.pick(this.teams), dice.pick(JOBS.slice(3, 22))];
    const filledBy = filler && this.filler(filler);
    const target = addDays(this.today, status === 'open' ? dice.int(-30, 150) : dice.int(-150, 30));
    const pay = Math.round((job.pay * place.payFactor) / 1000) * 1000;
    const hasRange = number % 9 !== 4;
    const id = dice.id('vac');
    this.rows.add('vacancy', {
      ...{ id, role: job.title, description: `${job.title} in ${place.name}.`, status: filledBy || !filler ? status : 'open' },
      ...{ fte: dice.pick([1, 1, 1, 0.5]), target_start_date: target, job_role_id: this.ids.jobRole.get(job.title) },
      ...{ work_type_id: this.ids.permanent, geography_id: this.ids.geography.get(place), hiring_manager_id: team.leadId },
      ...(hasRange && { salary_min: pay * 0.9, salary_max: pay * 1.15, currency: place.currency }),
      ...{
        filled_by_employee_id: filler !== 'contractor' ? filledBy : null,
        filled_by_contractor_id: filler === 'contractor' ? filledBy : null,
      },
      external_id: `REQ-${String(number + 1).padStart(4, '0')}`,
    });
    if (number % 11 !== 10) this.place({ vacancy_id: id }, team.id, 1, target, null);
  }

  /** Somebody who came lately, or who came and left again; nobody twice. */
  private filler(kind: 'employee' | 'contractor' | 'leaver'): string | null {
    const now = this.today;
    const left = ({ end }: Pick<Person, 'end'>): boolean => end !== null && end < now;
    const lists = {
      employee: this.hiring.people.filter((person) => person.settled && person.start > addDays(now, -400)),
      leaver: this.hiring.people.filter(left),
      contractor: this.contractors.filter((one) => one.start <= now && !left(one)),
    };
    const found = this.dice.shuffled(lists[kind]).find(({ id }) => !this.taken.has(id));
    if (found) this.taken.add(found.id);
    return found?.id ?? null;
  }

  /** An agent that is paid by what it does also works on a project of its team. */
  deploy(agent: AgentPlan, projects: ProjectStaffing): void {
    const id = this.dice.id('agt');
    const start = monthStart(this.today, agent.from);
    const end = agent.to === null ? null : addDays(monthStart(this.today, agent.to), -1);
    this.agents.push({ ...agent, id, start });
    const [planned, included, price] = [agent.planned, agent.included, agent.price];
    this.rows.add('ai_agent', {
      ...{
        id,
        external_id: externalId(agent.name),
        name: agent.name,
        provider: agent.provider,
        seats: agent.seats,
        monthly_per_seat_price: agent.seatPrice,
        currency: 'USD',
      },
      ...{ planned_input_tokens_per_month: planned[0], planned_output_tokens_per_month: planned[1] },
      ...{ included_input_tokens_per_month: included[0], included_output_tokens_per_month: included[1] },
      ...{ price_per_million_input: price[0], price_per_million_output: price[1], start_date: start, end_date: end },
    });
    const team = agent.team === null ? undefined : this.hiring.teams.get(agent.team);
    if (team) this.place({ ai_agent_id: id }, team.id, 1, start, end);
    const project = projects.running.find(({ plan }) => this.isWithin(plan.teams[0], agent.team));
    if (agent.seats === 0 && project)
      projects.assign({ id }, { projectId: project.id, from: later(start, project.start), to: project.end, fte: 1 }, 'ai_agent_id');
  }

  private isWithin(name: string | undefined, above: string | null): boolean {
    return name !== undefined && above !== null && (this.hiring.teams.get(name)?.path.includes(above) ?? false);
  }

  private place(subject: Record<string, string>, team: string, fte: number, from: string, to: string | null): void {
    const span = { target_team_id: team, fte, start_date: from, end_date: to, is_primary: true };
    this.rows.add('allocation', { id: this.dice.id('alc'), ...subject, ...span });
  }
}
