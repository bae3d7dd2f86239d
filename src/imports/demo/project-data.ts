import { addDays, earlier, later, monthStart } from './days';
import { Dice } from './dice';
import { ProjectPlan, Stage } from './portfolio-plans';
import { converted, ReferenceIds } from './reference-data';
import { RowSet } from './rows';
import { Span, Workload } from './workload';
import { Hiring, HiredTeam, Person } from './workforce-data';

const STATUS: Record<Stage, string> = {
  ...{ proposed: 'planning', approved: 'planning', in_progress: 'active', blocked: 'on_hold' },
  ...{ completed: 'completed', rejected: 'cancelled', cancelled: 'cancelled' },
};

export interface Project {
  id: string;
  plan: ProjectPlan;
  start: string;
  end: string | null;
  costCentre: string;
}

/** Below the least of the shares that a project is worth interrupting somebody for. */
const LEAST_SHARE = 0.3;

/** Projects with their people and teams. Nobody is given more than they are contracted for, save by `overload`. */
export class ProjectStaffing {
  readonly projects: Project[] = [];

  constructor(
    private readonly rows: RowSet,
    private readonly hiring: Hiring,
    private readonly workload: Workload,
    private readonly today: string,
    private readonly dice: Dice,
  ) {}

  start(plan: ProjectPlan, ids: ReferenceIds, currency: string): void {
    const team = this.team(plan);
    const start = monthStart(this.today, plan.from);
    const end = plan.to === null ? null : addDays(monthStart(this.today, plan.to), -1);
    const project = { id: this.dice.id('prj'), plan, start, end, costCentre: team.costCentre };
    this.projects.push(project);
    this.rows.add('project', {
      id: project.id,
      name: plan.name,
      description: `${plan.name}, led by ${plan.teams.join(' and ')}.`,
      status: STATUS[plan.stage],
      lifecycle_stage: plan.stage,
      owner_id: plan.flaws.includes('ownerless') ? null : team.leadId,
      value_stream_id: ids.valueStreams.get(plan.stream),
      cost_centre_id: team.costCentre,
      capex_class: plan.capex,
      estimated_cost: plan.stage === 'proposed' ? null : this.estimate(plan, currency),
      currency: plan.stage === 'proposed' ? null : currency,
      start_date: start,
      end_date: end,
      external_id: `PR-${100 + this.projects.length}`,
    });
    if (plan.teamFte > 0) this.allocate({ team_id: team.id }, { projectId: project.id, from: start, to: end, fte: plan.teamFte });
    this.staff(project);
  }

  /** What a project of this size costs over its time: about 85,000 euros a person and year. */
  private estimate(plan: ProjectPlan, currency: string): number {
    const years = ((plan.to ?? 12) - plan.from) / 12;
    const people = plan.people * 0.6 + plan.teamFte;
    return Math.round(converted(85_000, 'EUR', currency) * years * Math.max(people, 1) * (plan.flaws.includes('overspent') ? 0.1 : 1.2));
  }

  /** Those that people can be added to. */
  get running(): Project[] {
    return this.projects.filter(({ plan }) => plan.stage === 'in_progress' && plan.people > 0);
  }

  private team(plan: ProjectPlan): HiredTeam {
    return this.hiring.teams.get(plan.teams[0] as string) as HiredTeam;
  }

  private staff(project: Project): void {
    const { plan, start } = project;
    const teams = plan.teams.map((name) => this.hiring.teams.get(name)?.id);
    const candidates = this.hiring.people.filter((person) => teams.includes(person.team));
    let missing = plan.people;
    for (const person of this.dice.shuffled(candidates)) {
      const [from, to] = [later(start, person.start), earlier(this.lastDay(project), person.end)];
      if (missing === 0) return;
      const free = to !== null && to < addDays(from, 30) ? 0 : this.workload.free(person, from, to);
      if (free < LEAST_SHARE) continue;
      this.assign(person, { projectId: project.id, from, to, fte: Math.min(free, this.dice.pick([0.4, 0.5, 0.6, 0.8, 1])) });
      missing -= 1;
    }
  }

  /** Until when its people are planned: those of two flaws stay beyond the project's end. */
  private lastDay({ plan, end }: Project): string | null {
    if (plan.flaws.includes('held')) return null;
    return plan.flaws.includes('overrun') ? addDays(monthStart(this.today, 4), -1) : end;
  }

  assign(person: Pick<Person, 'id'>, span: Span, subject: 'employee_id' | 'contractor_id' | 'ai_agent_id' = 'employee_id'): void {
    this.workload.add(person.id, span);
    this.allocate({ [subject]: person.id }, span);
  }

  private allocate(subject: Record<string, string>, { projectId, from, to, fte }: Span): void {
    const span = { start_date: from, end_date: to, fte, is_primary: false };
    this.rows.add('allocation', { id: this.dice.id('alc'), ...subject, target_project_id: projectId, ...span });
  }

  /** Gives some busy people more than they are contracted for, from a day on. */
  overload(count: number, from: string, by: number): void {
    const to = addDays(monthStart(from, 3), -1);
    const running = this.running.filter(({ start }) => start <= from);
    const busy = this.hiring.people.filter((person) => {
      const spans = this.workload.during(person.id, from, to);
      return person.settled && spans.length === 1 && spans.every((span) => span.from < from) && this.workload.free(person, from, to) < 0.5;
    });
    for (const person of this.dice.shuffled(busy).slice(0, count)) {
      const others = running.filter(({ id }) => this.workload.of(person.id).every((span) => span.projectId !== id));
      const fte = Math.round((this.workload.free(person, from, to) + by) * 10) / 10;
      this.assign(person, { projectId: this.dice.pick(others).id, from, to, fte });
    }
  }
}
