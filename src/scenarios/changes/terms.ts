import { dayBefore } from '../days';
import type { Draft, Fields } from '../write';
import { invalid } from '../write';

/** Employment terms of a person as a scenario has them: ids, days and columns, first to last. */
interface Terms {
  readonly id: string;
  readonly effective_from: string;
  readonly effective_to: string | null;
  readonly columns: Fields;
}

const TERMS_ON = `
  select t.id, t.effective_from, t.effective_to,
    jsonb_build_object('manager_id', t.manager_id, 'job_role_id', t.job_role_id, 'work_type_id', t.work_type_id, 'geography_id', t.geography_id,
      'cost_centre_id', t.cost_centre_id, 'contracted_fte', t.contracted_fte) as columns
  from employment_terms t
  where t.org_id = $1 and t.employee_id = $2 and t.effective_from <= $3 and coalesce(t.effective_to, 'infinity') >= $3`;

/** Other terms from a day on; those until then are kept, unless they would begin on the same day. */
export async function changeTerms(draft: Draft, employeeId: string, day: string, patch: Fields): Promise<void> {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) return;
  const [terms] = await draft.ctx.db.query<Terms[]>(TERMS_ON, [draft.ctx.orgId, employeeId, day]);
  if (terms === undefined)
    throw invalid(`${day} is before the employment begins.`, [{ field: 'effectiveDate', problem: 'is before the employment begins' }]);
  const changed = Object.fromEntries(Object.entries(given).filter(([column, value]) => terms.columns[column] !== value));
  if (Object.keys(changed).length === 0) return;
  if (terms.effective_from === day) {
    draft.update('employment_terms', terms.id, changed);
  } else {
    draft.update('employment_terms', terms.id, { effective_to: dayBefore(day) });
    draft.create('employment_terms', {
      employee_id: employeeId,
      ...terms.columns,
      ...changed,
      effective_from: day,
      effective_to: terms.effective_to,
    });
  }
}
