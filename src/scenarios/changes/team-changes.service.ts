import { Injectable } from '@nestjs/common';
import { resolveReferences } from '../../workforce';
import { type Draft, invalid, type Step } from '../write';
import { deleteAllocations, deleteOwned } from './ends';

export interface NewTeam {
  readonly name: string;
  readonly parentTeamId?: string;
  readonly teamType?: string;
  readonly description?: string;
  readonly managerId?: string;
  readonly costCentreId?: string;
}

export interface TeamUpdate extends Partial<NewTeam> {
  readonly teamId: string;
  readonly clear?: readonly ('parentTeamId' | 'managerId' | 'costCentreId' | 'teamType' | 'description')[];
}

export interface TeamRemoval {
  readonly teamId: string;
  readonly reassignToTeamId?: string;
  readonly cascade: boolean;
}

/** A team with all below it, top first, and what belongs to them. $1 organization · $2 team */
const SUBTREE = `
  with recursive below (id, depth) as (
    select $2::text, 0 union all select t.id, b.depth + 1 from below b join team t on t.org_id = $1 and t.parent_team_id = b.id)
  select t.id, t.name, t.parent_team_id as parent, b.depth,
    (select count(*)::integer from allocation a where a.org_id = $1 and a.target_team_id = t.id) as members
  from below b join team t on t.org_id = $1 and t.id = b.id order by b.depth`;

interface TeamRow {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly depth: number;
  readonly members: number;
}

/** Teams in a scenario. */
@Injectable()
export class TeamChanges {
  add(input: NewTeam): Step {
    return async (draft) => {
      const ids = await this.references(draft, input);
      const id = draft.create('team', { name: input.name, team_type: input.teamType, description: input.description, ...columns(ids) });
      return { type: 'team', id, name: input.name };
    };
  }

  update(input: TeamUpdate): Step {
    return async (draft) => {
      const { teamId = '' } = await resolveReferences(draft.ctx, [{ kind: 'team', field: 'teamId', given: input.teamId }]);
      const cleared = Object.fromEntries((input.clear ?? []).map((field) => [COLUMNS[field], null]));
      const given = { name: input.name, team_type: input.teamType, description: input.description };
      draft.update('team', teamId, { ...given, ...columns(await this.references(draft, input)), ...cleared });
      return { type: 'team', id: teamId, ...(input.name !== undefined && { name: input.name }) };
    };
  }

  /** Members and sub-teams go along, or to another team, with their history: a team that is not there can have none. */
  remove(input: TeamRemoval): Step {
    return async (draft) => {
      const { teamId = '', reassignToTeamId } = await resolveReferences(draft.ctx, [
        { kind: 'team', field: 'teamId', given: input.teamId },
        { kind: 'team', field: 'reassignToTeamId', given: input.reassignToTeamId },
      ]);
      const tree = await draft.ctx.db.query<TeamRow[]>(SUBTREE, [draft.ctx.orgId, teamId]);
      const team = tree[0]!;
      if (reassignToTeamId !== undefined) await this.reassign(draft, team, tree, reassignToTeamId);
      else if (input.cascade) await this.cascade(draft, tree);
      else if (tree.length > 1 || team.members > 0) {
        throw invalid(
          `${team.name} has ${team.members} allocations and ${tree.filter(({ depth }) => depth === 1).length} teams below it: pass reassignToTeamId or cascade.`,
          [{ field: 'reassignToTeamId', problem: 'is needed, or cascade' }],
        );
      } else await this.dissolve(draft, [teamId]);
      return { type: 'team', id: teamId, name: team.name };
    };
  }

  private async reassign(draft: Draft, team: TeamRow, tree: readonly TeamRow[], target: string): Promise<void> {
    if (tree.some(({ id }) => id === target))
      throw invalid('reassignToTeamId is the team itself or below it.', [
        { field: 'reassignToTeamId', problem: 'is the team itself or below it' },
      ]);
    for (const { id } of tree.filter(({ depth }) => depth === 1)) draft.update('team', id, { parent_team_id: target });
    const rows = await draft.ctx.db.query<{ id: string }[]>(MEMBERS, [draft.ctx.orgId, team.id]);
    for (const { id } of rows) draft.update('allocation', id, { target_team_id: target });
    await this.dissolve(draft, [team.id]);
  }

  private async cascade(draft: Draft, tree: readonly TeamRow[]): Promise<void> {
    const ids = tree.map(({ id }) => id).reverse();
    await deleteAllocations(draft, 'target_team_id', ids);
    await this.dissolve(draft, ids);
  }

  /** Lowest first. */
  private async dissolve(draft: Draft, ids: readonly string[]): Promise<void> {
    await deleteAllocations(draft, 'team_id', ids);
    await deleteOwned(draft, 'budget', 'team_id', ids);
    for (const id of ids) draft.delete('team', id);
  }

  private references({ ctx }: Draft, input: Partial<NewTeam>): Promise<Record<string, string>> {
    return resolveReferences(ctx, [
      { kind: 'team', field: 'parentTeamId', given: input.parentTeamId },
      { kind: 'emp', field: 'managerId', given: input.managerId },
      { kind: 'cc', field: 'costCentreId', given: input.costCentreId },
    ]);
  }
}

const MEMBERS = `select a.id from allocation a where a.org_id = $1 and a.target_team_id = $2`;

const COLUMNS = {
  parentTeamId: 'parent_team_id',
  managerId: 'manager_id',
  costCentreId: 'cost_centre_id',
  teamType: 'team_type',
  description: 'description',
} as const;

function columns(ids: Record<string, string>): Record<string, string | undefined> {
  return { parent_team_id: ids['parentTeamId'], manager_id: ids['managerId'], cost_centre_id: ids['costCentreId'] };
}
