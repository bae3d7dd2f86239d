import { Injectable } from '@nestjs/common';
import type { ToolError } from '../../access';
import { resolveReferences } from '../../workforce';
import { dayAfter } from '../days';
import { type Draft, invalid, type Step } from '../write';
import { endAllocations } from './ends';

export interface Termination {
  readonly employeeIds: readonly string[];
  readonly endDate: string;
  readonly backfill: boolean;
}

interface Leaver {
  readonly id: string;
  readonly name: string;
  readonly start_date: string;
  readonly end_date: string | null;
  readonly job: string;
  readonly columns: { job_role_id: string; work_type_id: string; geography_id: string; hiring_manager_id: string | null };
  readonly fte: string;
  readonly team: string | null;
  /** The vacancy that already begins when they have left, as theirs would. */
  readonly backfilled: string | null;
}

/** $1 organization · $2 employees · $3 last day */
const LEAVERS = `
  select e.id, e.first_name || ' ' || e.last_name as name, e.start_date, e.end_date, r.title as job, t.contracted_fte::text as fte,
    jsonb_build_object('job_role_id', t.job_role_id, 'work_type_id', t.work_type_id, 'geography_id', t.geography_id, 'hiring_manager_id', t.manager_id) as columns,
    (select a.target_team_id from allocation a where a.org_id = $1 and a.employee_id = e.id and a.is_primary and a.start_date <= $3
      and coalesce(a.end_date, 'infinity') >= $3 order by a.start_date desc limit 1) as team,
    (select v.id from vacancy v where v.org_id = $1 and v.job_role_id = t.job_role_id and v.hiring_manager_id is not distinct from t.manager_id
      and v.target_start_date = $3::date + 1 and v.status <> 'cancelled' order by v.id limit 1) as backfilled
  from employee e
  join employment_terms t on t.org_id = $1 and t.employee_id = e.id and t.effective_from <= greatest($3, e.start_date) and coalesce(t.effective_to, 'infinity') >= greatest($3, e.start_date)
  join job_role r on r.org_id = $1 and r.id = t.job_role_id
  where e.org_id = $1 and e.id = any ($2)`;

/** Who would be left without a manager, and teams without one. $1 organization · $2 managers · $3 last day */
const LEFT_BEHIND = `
  select e.id, e.first_name || ' ' || e.last_name as name, 'person' as kind from employment_terms t join employee e on e.org_id = $1 and e.id = t.employee_id
  where t.org_id = $1 and t.manager_id = any ($2) and coalesce(t.effective_to, 'infinity') > $3 and coalesce(e.end_date, 'infinity') > $3 and not e.id = any ($2)
  union all
  select id, name, 'team' from team where org_id = $1 and manager_id = any ($2)`;

/** Ending employments in a scenario. */
@Injectable()
export class Terminations {
  terminate({ employeeIds, endDate, backfill }: Termination): Step {
    return async (draft) => {
      const references = employeeIds.map((given, index) => ({ kind: 'emp' as const, field: `employeeIds[${index}]`, given }));
      const ids = [...new Set(Object.values(await resolveReferences(draft.ctx, references)))];
      const leavers = await draft.ctx.db.query<Leaver[]>(LEAVERS, [draft.ctx.orgId, ids, endDate]);
      for (const leaver of leavers) {
        if (endDate < leaver.start_date)
          throw invalid(`${leaver.name} begins on ${leaver.start_date}, after that day.`, [
            { field: 'endDate', problem: 'is before the first day' },
          ]);
        if (leaver.end_date !== null && leaver.end_date < endDate)
          throw invalid(`${leaver.name} leaves already on ${leaver.end_date}.`, [{ field: 'endDate', problem: 'is after the last day' }]);
        if (leaver.end_date !== endDate) draft.update('employee', leaver.id, { end_date: endDate });
        else if (backfill && leaver.backfilled !== null) throw replaced(leaver);
      }
      if (backfill) backfillAll(draft, leavers, dayAfter(endDate));
      await endAllocations(draft, 'employee_id', ids, endDate);
      await this.warn(draft, ids, endDate);
      const [only] = leavers;
      return leavers.length === 1 && only ? { type: 'employee', id: only.id, name: only.name } : { type: 'employee', ids };
    };
  }

  private async warn(draft: Draft, ids: readonly string[], day: string): Promise<void> {
    const left = await draft.ctx.db.query<{ id: string; name: string; kind: 'person' | 'team' }[]>(LEFT_BEHIND, [
      draft.ctx.orgId,
      ids,
      day,
    ]);
    for (const [kind, code, what] of [
      ['person', 'REPORTS_WITHOUT_MANAGER', 'report to somebody who leaves'],
      ['team', 'TEAMS_WITHOUT_MANAGER', 'are teams led by somebody who leaves'],
    ] as const) {
      const some = left.filter((one) => one.kind === kind);
      if (some.length === 0) continue;
      const names = some.slice(0, 5).map(({ name }) => name);
      draft.warn(
        code,
        `${names.join(', ')}${some.length > 5 ? ` and ${some.length - 5} more` : ''} ${what}.`,
        some.map(({ id }) => id),
      );
    }
  }
}

function backfillAll(draft: Draft, leavers: readonly Leaver[], day: string): void {
  const made = leavers.map(({ job, columns, fte, team }) => {
    const id = draft.create('vacancy', { role: job, ...columns, fte, target_start_date: day });
    if (team !== null) draft.create('allocation', { vacancy_id: id, target_team_id: team, fte, start_date: day, is_primary: true });
    return { type: 'vacancy', id, name: job };
  });
  draft.besides.push(...made);
}

/** Who leaves on that day already, and whose vacancy is there, was most likely asked about before. */
function replaced({ name, job, backfilled }: Leaver): ToolError {
  return invalid(
    `${name} leaves on that day already, and the vacancy ${job} (${backfilled}) begins on the day after. If one more is wanted, use add_vacancy.`,
    [{ field: 'backfill', problem: `${backfilled} is there` }],
  );
}
