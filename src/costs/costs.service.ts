import { Injectable } from '@nestjs/common';
import { type CallContext, ToolError } from '../access';
import { type CostQuestion, costRows } from './cost-rows.sql';
import { costWarnings } from './cost-warnings.sql';
import { seesCosts } from './rights';
import { type CostWarning, type CostWarningRow, toWarnings } from './warnings';

/** Days as YYYY-MM-DD, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What something costs in a period; `amount` is a decimal string in `currency`, rounded half-even to 2 places. */
export interface Cost {
  amount: string;
  currency: string;
  period: Period;
  /** Today, where the organization is: costs of later days are planned. */
  asOf: string;
  warnings: CostWarning[];
}

interface CostRow {
  amount: string;
  currency: string;
  asOf: string;
  warnings: CostWarningRow[];
}

/** Everything of one team and those below it, by its team shares; an array, so that the planner expects few teams. $4 team. */
const IN_TEAM = `s.team_id = any (array(
  with recursive below (id) as (select $4::text union select t.id from below join team t on t.org_id = $1 and t.parent_team_id = below.id)
  select id from below))`;

/** Planned cost of single things, live or in the scenario of the call. Needs financials.read and compensation.read. */
@Injectable()
export class CostsService {
  /** A team with all teams below it: members, contractors, vacancies and AI agents by their shares. */
  team(ctx: CallContext, teamId: string, period: Period): Promise<Cost> {
    return this.cost(ctx, { split: 'team', where: IN_TEAM }, teamId, period);
  }

  /** A project: who is allocated to it, and what it draws from the teams that are. */
  project(ctx: CallContext, projectId: string, period: Period): Promise<Cost> {
    return this.cost(ctx, { split: 'project', where: 's.project_id = $4' }, projectId, period);
  }

  /** An employee, contractor, vacancy or AI agent. */
  resource(ctx: CallContext, id: string, period: Period): Promise<Cost> {
    return this.cost(ctx, { split: 'team', where: 's.subject_id = $4' }, id, period);
  }

  private async cost(ctx: CallContext, question: Pick<CostQuestion, 'split' | 'where'>, id: string, period: Period): Promise<Cost> {
    if (!seesCosts(ctx)) {
      throw new ToolError('PERMISSION_DENIED', 'Costs need the permissions financials.read and compensation.read.', {
        details: { missing: ['financials.read', 'compensation.read'] },
      });
    }
    const [row] = await ctx.db.query<[CostRow]>(costOfOne({ ...question, keys: {} }), [ctx.orgId, period.from, period.to, id]);
    const { amount, currency, asOf, warnings } = row;
    return { amount, currency, period, asOf, warnings: toWarnings(warnings, currency) };
  }
}

/** $1 organization · $2 first day · $3 last day · $4 what `where` is about. One row. */
function costOfOne(question: CostQuestion): string {
  return `
  with bucket as (select 1 as key, $2::date as from_day, $3::date as to_day),
  ${costRows(question)},
  ${costWarnings(question)}
  select cost_text(coalesce((select total from cost), 0)) as amount,
    o.reporting_currency as currency, (clock_timestamp() at time zone o.time_zone)::date as "asOf",
    (select coalesce(json_agg(w), '[]') from cost_warning w) as warnings
  from organization o where o.id = $1`;
}
