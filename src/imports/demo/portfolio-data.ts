import { AiUsage } from './ai-usage-data';
import { OrganizationPlan } from './blueprints';
import { Budgeting } from './budget-data';
import { monthStart } from './days';
import { Dice } from './dice';
import { Timesheets } from './effort-data';
import { ProjectStaffing } from './project-data';
import { ReferenceIds } from './reference-data';
import { RowSet } from './rows';
import { Staffing } from './staffing-data';
import { Workload } from './workload';
import { Hiring, Person } from './workforce-data';

/** People per one who is planned for more than they are contracted for, now and from next month on. */
const PER_OVERLOADED = 80;

/** What the hired people work on, with whom and with what, what that may cost, and what really happened. */
export function addPortfolio(rows: RowSet, plan: OrganizationPlan, hiring: Hiring, ids: ReferenceIds, today: string): void {
  const dice = new Dice(`demo portfolio ${plan.name}`);
  const { portfolio, currency } = plan;
  const workload = new Workload();
  const projects = new ProjectStaffing(rows, hiring, workload, today, dice);
  for (const project of portfolio.projects) projects.start(project, ids, currency);
  const overloaded = Math.floor(hiring.people.length / PER_OVERLOADED);
  projects.overload(overloaded, monthStart(today, 0), 0.3);
  projects.overload(overloaded, monthStart(today, 1), 0.2);
  const staffing = new Staffing(rows, plan, hiring, ids, today, dice);
  for (let number = 0; number < portfolio.contractors; number += 1) staffing.contract(number, projects);
  for (let number = 0; number < portfolio.vacancies; number += 1) staffing.look(number);
  for (const agent of portfolio.agents) staffing.deploy(agent, projects);
  new Budgeting(rows, plan, hiring, today, dice).setAll(ids, projects.projects);
  addEffort(new Timesheets(rows, workload, today, dice), plan, hiring, projects, staffing);
  const usage = new AiUsage(rows, today, dice);
  for (const person of hiring.people) usage.use(person, isWithin(hiring, person, portfolio.codingTeams));
  usage.useByStrangers();
}

function addEffort(sheets: Timesheets, plan: OrganizationPlan, hiring: Hiring, { projects }: ProjectStaffing, staffing: Staffing): void {
  sheets.addWorkItems(projects);
  for (const person of hiring.people) {
    if (isWithin(hiring, person, plan.portfolio.effortTeams)) sheets.handIn({ ...person, column: 'employee_id' });
  }
  for (const contractor of staffing.contractors.slice(0, 8)) sheets.handIn({ ...contractor, column: 'contractor_id' });
  for (const { id, seats, start } of staffing.agents) if (seats === 0) sheets.handIn({ id, start, end: null, column: 'ai_agent_id' });
}

function isWithin(hiring: Hiring, person: Person, names: readonly string[]): boolean {
  const team = [...hiring.teams.values()].find(({ id }) => id === person.team);
  return team?.path.some((name) => names.includes(name)) ?? false;
}
