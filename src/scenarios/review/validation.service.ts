import { Injectable } from '@nestjs/common';
import { type CallContext, can, type PlanStatus } from '../../access';
import { declared, fieldName } from '../entities';
import { SUBJECTS } from '../revision/touch';
import { type Drift, PlanRules, sentence, type TouchedRow, type Warning } from '../write';
import { LACKS, TOUCHED } from './validation.sql';

/** What has to be mended before people can submit, approve and merge the scenario. */
export interface Problem {
  code: 'EMPTY' | 'CONFLICT' | 'BROKEN_RULE' | 'OVER_ALLOCATED';
  message: string;
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

/** Holds a whole scenario to what submitting and merging it hold it to. `ctx.db` reads its world. */
@Injectable()
export class ScenarioValidation {
  constructor(private readonly rules: PlanRules) {}

  async validate(ctx: CallContext): Promise<Validation> {
    const { db, orgId, plan } = ctx;
    if (plan === undefined) throw new Error('A scenario is validated in its world.');
    const [touched] = await db.query<[Touched]>(TOUCHED, [orgId, plan.id]);
    const conflicts = touched.rows.filter(({ conflict }) => conflict);
    const over = await this.rules.overAllocated(ctx, await employeesOf(ctx, plan.id, touched.rows), touched.today);
    const problems = [
      ...(touched.rows.length === 0 ? [{ code: 'EMPTY' as const, message: 'The scenario changes nothing yet.' }] : []),
      ...conflicts.map(conflictOf),
      ...(await this.rules.broken(ctx, touched.rows)).map((fault): Problem => {
        const { id, field } = fault;
        return { code: 'BROKEN_RULE', message: sentence(fault), id, ...(field !== '' && { field: fieldName(field) }) };
      }),
      ...(over && touched.blocks ? [{ code: 'OVER_ALLOCATED' as const, message: over.message }] : []),
    ];
    const warnings = await lacks(ctx, plan.id, touched.rows);
    return {
      planId: plan.id,
      planRev: touched.rev,
      status: touched.status,
      valid: problems.length === 0,
      problems: problems.slice(0, SHOWN),
      problemCount: problems.length,
      warnings: over && !touched.blocks ? [{ ...over, ids: over.ids.slice(0, 20) }, ...warnings] : warnings,
      drift: { moved: touched.moved, conflicts: conflicts.length },
      ...(touched.hidden && !can(ctx, 'compensation.read') && { redacted: ['pay'] }),
    };
  }
}

function conflictOf({ entity, id }: TouchedRow): Problem {
  const message = `Live has moved below this ${declared(entity).words}: settle it with rebase_scenario.`;
  return { code: 'CONFLICT', message, entity, id };
}

/** Whose allocations a scenario may have made too many. */
async function employeesOf({ db, orgId }: CallContext, planId: string, rows: readonly TouchedRow[]): Promise<string[]> {
  const owned = rows.filter(({ entity }) => entity === 'allocation' || entity === 'employment_terms').map(({ id }) => id);
  if (owned.length === 0) return [];
  const subjects = await db.query<{ subject: string | null }[]>(SUBJECTS, [orgId, planId, owned]);
  return [...new Set(subjects.flatMap(({ subject }) => (subject?.startsWith('emp_') ? [subject] : [])))];
}

async function lacks({ db, orgId }: CallContext, planId: string, rows: readonly TouchedRow[]): Promise<Warning[]> {
  const found = await db.query<{ code: string; id: string }[]>(LACKS, [orgId, planId, rows.map(({ id }) => id)]);
  return [...new Set(found.map(({ code }) => code))].map((code) => {
    const ids = [...new Set(found.filter((one) => one.code === code).map(({ id }) => id))];
    return { code, message: `${ids.length} ${SENTENCES[code] ?? ''}.`, ids: ids.slice(0, 20) };
  });
}
