import type { ImportRun, SourceRow } from '../entity';
import { JIRA_ISSUES } from '../exports/jira';
import { place } from '../mapping/read-rows';
import { type Directory, type Named, unnamed } from '../references/directory';
import { WORKERS } from './effort.entity';

export type Category = 'project' | 'non_project' | 'unlinked';

/** What a row says. */
export interface Entry {
  readonly line: number;
  readonly who: Named;
  readonly day: string;
  /** In the unit of the mapping. */
  readonly amount: number;
  readonly category: Category;
  readonly projectId: string | null;
  readonly source: string;
  readonly item?: { readonly key: string; readonly title: string };
}

/** The rows with whom and what they name; without a person a row is refused, without a project it is unlinked. */
export function entriesOf(run: ImportRun, directory: Directory): Entry[] {
  const projects = new Projects(run, directory);
  return run.rows.flatMap(({ line, values }) => {
    const who = directory.find(WORKERS, values['who'] as string);
    if (typeof who !== 'object') {
      const whom = run.mapping.export === JIRA_ISSUES.name ? `: ${values['who']}` : ''; // one line has many authors
      run.refuse(line, `${place({ name: 'who' }, run.mapping)} ${unnamed(who, WORKERS)}${whom}`);
      return [];
    }
    const projectId = projects.of({ line, values });
    const category = projectId !== null ? 'project' : values['category'] === 'non_project' ? 'non_project' : 'unlinked';
    const [key, source] = [values['work item'], values['source'] ?? run.mapping.settings['default source'] ?? 'other'];
    const item = key === undefined ? {} : { item: { key, title: values['title'] ?? key } };
    return [{ line, who, day: values['date'] as string, amount: Number(values['amount']), category, projectId, source, ...item }];
  });
}

class Projects {
  private readonly told = new Set<string>();

  constructor(
    private readonly run: ImportRun,
    private readonly directory: Directory,
  ) {}

  of({ line, values }: SourceRow): string | null {
    const names = [values['project'], values['project name']].filter((text) => text !== undefined);
    const found = names.map((text) => this.directory.find(['project'], text));
    const project = found.find((one) => typeof one === 'object');
    if (project !== undefined || names.length === 0) return project?.id ?? null;
    const key = names.join('\n');
    if (!this.told.has(key)) {
      const why = found.includes('several') ? unnamed('several', ['project']) : unnamed('none', ['project']);
      this.run.warn(line, `${place({ name: 'project' }, this.run.mapping)} ${why}: counted as unlinked`);
    }
    this.told.add(key);
    return null;
  }
}
