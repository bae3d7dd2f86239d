import { addDays, later, mondayOf } from './days';
import { Dice } from './dice';
import { Project } from './project-data';
import { RowSet } from './rows';
import { Workload } from './workload';

const WEEKS = 104;
/** Fractions are whole twentieths of a week, so that they always sum to one. */
const PARTS = 20;

interface Worker {
  id: string;
  start: string;
  end: string | null;
  column: 'employee_id' | 'contractor_id' | 'ai_agent_id';
}

interface Line {
  category: 'project' | 'non_project' | 'unlinked';
  project_id: string | null;
  work_item_id: string | null;
  parts: number;
}

/** Two years of weekly effort: near to the plan, with meetings, items linked to no project, and weeks that nobody handed in. */
export class Timesheets {
  private readonly items = new Map<string | null, string[]>();

  constructor(
    private readonly rows: RowSet,
    private readonly workload: Workload,
    private readonly today: string,
    private readonly dice: Dice,
  ) {}

  addWorkItems(projects: readonly Project[]): void {
    const topics = ['Plan', 'Build', 'Review', 'Test', 'Roll out', 'Document'];
    projects.forEach(({ id, plan }, number) => {
      const source = number % 3 === 2 ? 'linear' : 'jira';
      topics.forEach((topic, index) => this.addItem(id, source, `P${101 + number}-${index + 1}`, `${topic} ${plan.name}`));
    });
    const loose = ['Upgrade build images', 'Answer an audit question', 'Fix flaky tests', 'Clean up alerts', 'Help the help desk', 'Spike'];
    loose.forEach((title, index) => this.addItem(null, 'jira', `MISC-${index + 1}`, title));
  }

  private addItem(projectId: string | null, source: string, key: string, title: string): void {
    const id = this.dice.id('wi');
    this.rows.add('work_item', { id, source, key, title, project_id: projectId });
    this.items.set(projectId, [...(this.items.get(projectId) ?? []), id]);
  }

  /** From the first project on; of those without one a few. Most hand in nearly every week, some hardly any; the last weeks are the least complete. */
  handIn(worker: Worker): void {
    const spans = this.workload.of(worker.id);
    if (spans.length === 0 && !this.dice.chance(0.04)) return;
    const first = spans.reduce((day, { from }) => (from < day ? from : day), addDays(this.today, -300));
    const diligence = this.dice.chance(0.05) ? 0.25 : 0.9;
    for (let monday = mondayOf(later(first, addDays(this.today, -7 * WEEKS))); monday < mondayOf(this.today); monday = addDays(monday, 7)) {
      const employed = worker.start <= monday && (worker.end === null || worker.end >= addDays(monday, 4));
      const isRecent = monday > addDays(this.today, -21);
      if (!employed || !this.dice.chance(isRecent ? diligence * 0.75 : diligence)) continue;
      this.week(worker, monday).forEach(({ parts, ...line }, index) =>
        this.rows.add('effort_line', {
          ...{ [worker.column]: worker.id, week_start: monday, line: index + 1 },
          ...{ ...line, fraction: parts / PARTS, source: worker.column === 'ai_agent_id' ? 'agent' : 'jira' },
        }),
      );
    }
  }

  private week(worker: Worker, monday: string): Line[] {
    const planned = this.workload.during(worker.id, monday, addDays(monday, 4)).slice(0, 2);
    const unlinked = this.dice.chance(0.18) ? this.dice.int(2, 7) : 0;
    let left = PARTS - unlinked;
    const lines = planned.map(({ projectId, fte }): Line => {
      const parts = Math.max(1, Math.min(left - 1, Math.round(fte * PARTS) + this.dice.int(-3, 3)));
      left -= parts;
      return { category: 'project', project_id: projectId, work_item_id: this.item(projectId), parts };
    });
    if (unlinked > 0) lines.push({ category: 'unlinked', project_id: null, work_item_id: this.item(null), parts: unlinked });
    if (left > 0) lines.push({ category: 'non_project', project_id: null, work_item_id: null, parts: left });
    return lines.filter(({ parts }) => parts > 0);
  }

  private item(projectId: string | null): string | null {
    return this.dice.pick(this.items.get(projectId) ?? []);
  }
}
