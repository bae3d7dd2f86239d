import { Injectable } from '@nestjs/common';
import { type CallContext, can, missingPermissions, ToolError } from '../access';
import type { Permission } from '../permissions';
import { ProjectsService } from '../projects';
import { ContractorsService, EmployeesService, TeamsService, VacanciesService } from '../workforce';
import { FIND, SCENARIO } from './find.sql';
import { plainText } from './plain-text';

/** Something that has a page of its own. */
export interface Hit {
  id: string;
  /** With its kind in brackets. */
  title: string;
}

/** Everything about one thing, as text. */
export interface Document extends Hit {
  text: string;
  metadata: { kind: string; asOf?: string; redacted?: string };
}

interface Kind {
  readonly kind: string;
  readonly permission: Permission;
  /** Under which name it has search terms. */
  readonly named?: string;
  readonly read: (ctx: CallContext, id: string) => Promise<{ name: string; record: { asOf?: string; redacted?: string[] } }>;
}

/** What can be found by its name and read by its id, whatever kind it is: the id says. */
@Injectable()
export class DirectoryService {
  /** By the beginning of their ids. */
  private readonly kinds: ReadonlyMap<string, Kind>;

  constructor(
    employees: EmployeesService,
    teams: TeamsService,
    projects: ProjectsService,
    contractors: ContractorsService,
    vacancies: VacanciesService,
  ) {
    const kind = <R extends { asOf?: string; redacted?: string[] }>(
      words: Omit<Kind, 'read'>,
      details: (ctx: CallContext, id: string) => Promise<R>,
      name: (record: R) => string,
    ): Kind => ({
      ...words,
      read: async (ctx, id) => {
        const record = await details(ctx, id);
        return { name: name(record), record };
      },
    });
    const kinds = {
      emp: kind(
        { kind: 'employee', named: 'employee', permission: 'people.read' },
        (ctx, id) => employees.details(ctx, id),
        ({ person }) => `${person.firstName} ${person.lastName}`,
      ),
      team: kind(
        { kind: 'team', named: 'team', permission: 'teams.read' },
        (ctx, id) => teams.details(ctx, id, ['members', 'subteams']),
        ({ team }) => team.name,
      ),
      prj: kind(
        { kind: 'project', named: 'project', permission: 'projects.read' },
        (ctx, id) => projects.details(ctx, id),
        ({ project }) => project.name,
      ),
      con: kind(
        { kind: 'contractor', named: 'contractor', permission: 'contractors.read' },
        (ctx, id) => contractors.details(ctx, id),
        ({ contractor }) => contractor.name,
      ),
      vac: kind(
        { kind: 'vacancy', named: 'vacancy', permission: 'vacancies.read' },
        (ctx, id) => vacancies.details(ctx, id),
        ({ vacancy }) => vacancy.role,
      ),
      plan: kind({ kind: 'scenario', permission: 'scenarios.read' }, readScenario, ({ title }) => title),
    };
    this.kinds = new Map(Object.entries(kinds));
  }

  /** The best 20 for a question in plain words, of the kinds that the caller may read. */
  find(ctx: CallContext, question: string): Promise<Hit[]> {
    const named = [...this.kinds.values()].filter((one) => one.named !== undefined && can(ctx, one.permission));
    return ctx.db.query<Hit[]>(FIND, [ctx.orgId, null, question, named.map((one) => one.named), can(ctx, 'scenarios.read')]);
  }

  /** @throws ToolError NOT_FOUND; PERMISSION_DENIED or SCOPE_MISSING for a kind that the caller may not read */
  async document(ctx: CallContext, id: string): Promise<Document> {
    const kind = this.kinds.get(id.split('_')[0] ?? '');
    if (kind === undefined || !/^[a-z]+_[a-z0-9]+$/.test(id)) throw notFound();
    if (!can(ctx, kind.permission)) throw missingPermissions(ctx, [kind.permission]);
    const { name, record } = await kind.read(ctx, id);
    const { asOf, redacted, ...shown } = record;
    return {
      id,
      title: `${name} (${kind.kind})`,
      text: plainText(shown),
      metadata: { kind: kind.kind, ...(asOf !== undefined && { asOf }), ...(redacted && { redacted: redacted.join(', ') }) },
    };
  }
}

interface ScenarioRecord {
  id: string;
  title: string;
  asOf?: string;
  redacted?: string[];
}

async function readScenario(ctx: CallContext, id: string): Promise<ScenarioRecord> {
  const [row] = await ctx.db.query<{ scenario: ScenarioRecord }[]>(SCENARIO, [ctx.orgId, id]);
  if (row === undefined) throw notFound();
  return row.scenario;
}

function notFound(): ToolError {
  return new ToolError('NOT_FOUND', 'There is no such record in this organization.', {
    hint: 'Pass an id that search returned.',
    details: { field: 'id' },
  });
}
