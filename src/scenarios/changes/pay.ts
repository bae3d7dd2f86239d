import { type CallContext, can, missingPermissions } from '../../access';
import { type Draft, invalid } from '../write';

export interface PayFields {
  readonly annualSalary?: string;
  readonly annualBonus?: string;
  readonly currency?: string;
}

/** @throws ToolError PERMISSION_DENIED where pay is given by who may not set it */
export function mayWritePay(ctx: CallContext, { annualSalary, annualBonus }: PayFields): void {
  if (annualSalary === undefined && annualBonus === undefined) return;
  if (!can(ctx, 'compensation.write')) throw missingPermissions(ctx, ['compensation.write']);
}

interface Row {
  readonly id: string;
  readonly effective_date: string;
  readonly annual_salary: string;
  readonly annual_bonus: string;
  readonly currency: string;
}

const PAY_ON = `
  select id, effective_date, annual_salary::text, annual_bonus::text, currency from salary_adjustment
  where org_id = $1 and employee_id = $2 and effective_date <= $3 order by effective_date desc limit 1`;

/** Pay from a day on: a new adjustment, or a correction of the one that begins on that day. What is not given stays. */
export async function changePay(draft: Draft, employeeId: string, day: string, pay: PayFields, defaultCurrency: string): Promise<void> {
  if (pay.annualSalary === undefined && pay.annualBonus === undefined) return;
  const [now] = await draft.ctx.db.query<Row[]>(PAY_ON, [draft.ctx.orgId, employeeId, day]);
  const annual_salary = pay.annualSalary ?? now?.annual_salary;
  if (annual_salary === undefined)
    throw invalid('annualSalary is needed: no pay is recorded until that day.', [{ field: 'annualSalary', problem: 'is needed' }]);
  const row = {
    annual_salary,
    annual_bonus: pay.annualBonus ?? now?.annual_bonus ?? '0',
    currency: pay.currency ?? now?.currency ?? defaultCurrency,
  };
  if (now?.effective_date === day) draft.update('salary_adjustment', now.id, row);
  else draft.create('salary_adjustment', { employee_id: employeeId, effective_date: day, ...row });
}
