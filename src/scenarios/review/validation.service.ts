import { Injectable } from '@nestjs/common';
import { type CallContext, can, type PlanStatus } from '../../access';
import { declared, fieldName } from '../entities';
import { SUBJECTS } from '../subjects.sql';
import { type Drift, overAllocation, PlanRules, sentence, tooMuch, type TouchedRow, type Warning } from '../write';
import { LACKS, MERGED_PEOPLE, TOUCHED } from './validation.sql';

/** What has to be mended before people can submit, approve and merge the scenario. */
export interface Problem {
  code: 'EMPTY' | 'CONFLICT' | 'BROKEN_RULE' | 'OVER_ALLOCATED';
  message: string;
  /** The row of the scenario that it is about. */
  entity?: string;
  id?: string;
  field?: string;
}

export interface Validation {
  planId: string;
  planRev: number;
  status: PlanStatus;
  /** Nothing would refuse it as it is. */
  valid: boolean;
  /** The first 50. */
  problems: Problem[];
  problemCount: number;
  warnings: Warning[];
  drift: Drift;
  redacted?: string[];
}

interface Touched {
  readonly status: PlanStatus;
  readonly rev: number;
  readonly today: string;
  readonly blocks: boolean;
  readonly hidden: boolean;
  readonly moved: number;
  readonly rows: readonly (TouchedRow & { readonly conflict: boolean })[];
}

const SENTENCES: Readonly<Record<string, string>> = {
  PAY_MISSING: 'have no pay, so they cost nothing in figures',
  RATE_MISSING: 'have no rate, so they cost nothing in figures',
  SALARY_RANGE_MISSING: 'are open vacancies without a salary range, so they cost nothing in figures',
  FX_MISSING: 'are in a currency without a rate to that of reports, so they are left out of totals',
  REPORTS_WITHOUT_MANAGER: 'report to somebody who has left by then',
  TEAMS_WITHOUT_MANAGER: 'are teams led by somebody who leaves',
};

const SHOWN = 50;

type World = Pick<CallContext, 'db' | 'orgId'>;

interface Found {
  readonly touched: Touched;
  readonly conflicts: readonly TouchedRow[];
  readonly over: Awaited<ReturnType<PlanRules['overAllocated']>>;
  readonly problems: Problem[];
}

/** Holds a whole scenario to what submitting and merging it hold it to. `ctx.db` reads its world. */
@Injectable()
export class ScenarioValidation {
  constructor(private readonly rules: PlanRules) {}

  async validate(ctx: CallContext): Promise<Validation> {
    const { plan } = ctx;
    if (plan === undefined) throw new Error('A scenario is validated in its world.');
    const { touched, conflicts, over, problems } = await this.find(ctx, plan.id);
    const warnings = await lacks(ctx, plan.id, touched.rows);
    const ids = over.map(({ id }) => id).slice(0, 20);
    return {
      planId: plan.id,
      planRev: touched.rev,
      status: touched.status,
      valid: problems.length === 0,
      problems: problems.slice(0, SHOWN),
      problemCount: problems.length,
      warnings:
        ids.length > 0 && !touched.blocks ? [{ code: 'OVER_ALLOCATED', message: overAllocation(over), ids }, ...warnings] : warnings,
      drift: { moved: touched.moved, conflicts: conflicts.length },
      ...(touched.hidden && !can(ctx, 'compensation.read') && { redacted: ['pay'] }),
    };
  }

  /** What stands against the scenario whose world `db` reads. */
  async problems(world: World, planId: string): Promise<Problem[]> {
    return (await this.find(world, planId)).problems;
  }

  /** The same rule at the end of a merge, where what `db` reads is live and has the scenario in it. */
  async problemsOfMerge({ db, orgId }: World, planId: string): Promise<Problem[]> {
    const [{ today, blocks, people }] = await db.query<[MergedPeople]>(MERGED_PEOPLE, [orgId, planId]);
    const over = blocks ? await this.rules.overAllocated({ db, orgId }, Object.keys(people), today) : [];
    return over.map((one) => ({ code: 'OVER_ALLOCATED', message: tooMuch([one]), id: people[one.id] }));
  }

  private async find(world: World, planId: string): Promise<Found> {
    const [touched] = await world.db.query<[Touched]>(TOUCHED, [world.orgId, planId]);
    const conflicts = touched.rows.filter(({ conflict }) => conflict);
    const about = await rowsAbout(world, planId, touched.rows);
    const over = await this.rules.overAllocated(world, [...about.keys()], touched.today);
    const known = new Map(touched.rows.map((row) => [row.id, row]));
    const row = (id: string): Pick<Problem, 'entity' | 'id'> => {
      const found = known.get(id) ?? about.get(id);
      return { entity: found?.entity, id: found?.id ?? id };
    };
    const problems = [
      ...(touched.rows.length === 0 ? [{ code: 'EMPTY' as const, message: 'The scenario changes nothing yet.' }] : []),
      ...conflicts.map(conflictOf),
      ...(await this.rules.broken(world, touched.rows)).map((fault): Problem => {
        const { id, field } = fault;
        return { code: 'BROKEN_RULE', message: sentence(fault), ...row(id), ...(field !== '' && { field: fieldName(field) }) };
      }),
      ...(touched.blocks ? over : []).map((one): Problem => ({ code: 'OVER_ALLOCATED', message: tooMuch([one]), ...row(one.id) })),
    ];
    return { touched, conflicts, over, problems };
  }
}

interface MergedPeople {
  readonly today: string;
  readonly blocks: boolean;
  /** By employee, the row that is about them. */
  readonly people: Readonly<Record<string, string>>;
}

function conflictOf({ entity, id }: TouchedRow): Problem {
  const message = `Live has moved below this ${declared(entity).words}: settle it with rebase_scenario.`;
  return { code: 'CONFLICT', message, entity, id };
}

/** Whose allocations a scenario may have made too many, each with a row of it that is about them: terms (trm_) before allocations (alc_). */
async function rowsAbout({ db, orgId }: World, planId: string, rows: readonly TouchedRow[]): Promise<Map<string, TouchedRow>> {
  const owned = new Map(rows.filter(({ entity }) => entity === 'allocation' || entity === 'employment_terms').map((row) => [row.id, row]));
  if (owned.size === 0) return new Map();
  const subjects = await db.query<{ id: string; subject: string | null }[]>(`${SUBJECTS} order by 1`, [orgId, planId, [...owned.keys()]]);
  return new Map(subjects.flatMap(({ id, subject }) => (subject === null ? [] : [[subject, owned.get(id) as TouchedRow]])));
}

async function lacks({ db, orgId }: CallContext, planId: string, rows: readonly TouchedRow[]): Promise<Warning[]> {
  const found = await db.query<{ code: string; id: string }[]>(LACKS, [orgId, planId, rows.map(({ id }) => id)]);
  return [...new Set(found.map(({ code }) => code))].map((code) => {
    const ids = [...new Set(found.filter((one) => one.code === code).map(({ id }) => id))];
    return { code, message: `${ids.length} ${SENTENCES[code] ?? ''}.`, ids: ids.slice(0, 20) };
  });
}
