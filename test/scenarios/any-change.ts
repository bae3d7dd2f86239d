import fc from 'fast-check';
import type { EntityManager } from 'typeorm';

/** One call of a tool that changes a scenario, before it is known which rows there are to choose from. */
export interface AnyChange {
  readonly kind: number;
  readonly rows: readonly number[];
  readonly day: string;
  readonly amount: number;
  readonly yes: boolean;
}

export interface Call {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Ids by table, as the scenario has them at that moment. */
export type Ids = Readonly<Record<string, readonly string[]>>;

/** Tables of what a scenario can change, and of what such a change can name. */
export const ENTITIES = [
  ...['employee', 'employment_terms', 'salary_adjustment', 'contractor', 'rate_adjustment', 'vacancy', 'ai_agent'],
  ...['team', 'project', 'allocation', 'budget'],
];
const CHOICES = [...ENTITIES, 'job_role', 'geography', 'work_type'];

export async function idsIn(db: EntityManager, orgId: string): Promise<Ids> {
  const ids: Record<string, string[]> = {};
  for (const table of CHOICES) {
    const rows = await db.query<{ id: string }[]>(`select id from ${table} where org_id = $1 order by id`, [orgId]);
    ids[table] = rows.map(({ id }) => id);
  }
  return ids;
}

const DAYS = ['2023-11-01', '2024-02-29', '2024-06-15', '2025-01-01', '2026-03-01', '2027-07-01'];
const CURRENCIES = ['EUR', 'USD', 'CHF'];

type Make = (change: AnyChange, pick: (table: string, which?: number) => string | undefined) => Call;

const call = (tool: string, args: Call['args']): Call => ({ tool, args });
const money = (amount: number): string => `${amount * 137}.${String(amount % 100).padStart(2, '0')}`;
const currency = ({ amount }: AnyChange): string => CURRENCIES[amount % CURRENCIES.length] as string;

/** What a planner does: every tool that writes, with arguments of which most make sense. */
const CALLS: readonly Make[] = [
  (one, pick) =>
    call('add_employee', {
      ...{
        firstName: 'New',
        lastName: `Hire ${one.amount}`,
        startDate: one.day,
        jobRoleId: pick('job_role'),
        geographyId: pick('geography'),
      },
      ...{ workTypeId: pick('work_type'), teamId: one.yes ? pick('team') : undefined, managerId: pick('employee') },
      ...{ annualSalary: money(one.amount), annualBonus: money(one.amount % 7), currency: currency(one) },
    }),
  (one, pick) =>
    call('update_employee', {
      ...{ employeeId: pick('employee'), effectiveDate: one.day, contractedFte: one.yes ? 0.6 : undefined },
      ...{ geographyId: pick('geography', 1), annualSalary: money(one.amount), currency: currency(one) },
    }),
  (one, pick) => call('update_employee', { employeeId: pick('employee'), lastName: `Renamed ${one.amount}`, skills: ['SQL', 'Planning'] }),
  (one, pick) =>
    call('move_employee', {
      employeeId: pick('employee'),
      toTeamId: pick('team'),
      effectiveDate: one.day,
      newManagerId: pick('employee', 1),
    }),
  (one, pick) => call('terminate_employees', { employeeIds: [pick('employee')], endDate: one.day, backfill: one.yes }),
  (one, pick) =>
    call('add_contractor', {
      ...{
        name: `Contractor ${one.amount}`,
        rateType: one.yes ? 'daily' : 'hourly',
        rate: money(one.amount % 50),
        currency: currency(one),
      },
      ...{ geographyId: pick('geography'), startDate: one.day, teamId: pick('team') },
    }),
  (one, pick) =>
    call('update_contractor', {
      ...{ contractorId: pick('contractor'), effectiveDate: one.day, rateType: 'monthly', rate: money(one.amount), currency: 'EUR' },
      ...{ teamId: one.yes ? pick('team') : undefined },
    }),
  (one, pick) =>
    call(one.yes ? 'delete_contractor' : 'update_contractor', { contractorId: pick('contractor'), ...(!one.yes && { endDate: one.day }) }),
  (one, pick) =>
    call('add_vacancy', {
      ...{ role: `Role ${one.amount}`, targetStartDate: one.day, fte: 0.5, count: 1 + (one.amount % 3), teamId: pick('team') },
      ...{ geographyId: pick('geography'), salaryMin: money(one.amount), salaryMax: money(one.amount + 1), currency: currency(one) },
    }),
  (one, pick) =>
    call('update_vacancy', {
      vacancyId: pick('vacancy'),
      status: one.yes ? 'on_hold' : 'open',
      targetStartDate: one.day,
      teamId: pick('team'),
    }),
  (_, pick) => call('delete_vacancy', { vacancyId: pick('vacancy') }),
  (one, pick) =>
    call('add_ai_agent', {
      ...{ name: `Agent ${one.amount}`, provider: 'Provider', seats: one.amount, monthlyPerSeatPrice: '9.5', currency: currency(one) },
      ...{ startDate: one.day, teamId: one.yes ? pick('team') : undefined },
    }),
  (one, pick) => call('update_ai_agent', { aiAgentId: pick('ai_agent'), seats: one.amount, endDate: one.yes ? '2030-01-01' : undefined }),
  (_, pick) => call('delete_ai_agent', { aiAgentId: pick('ai_agent') }),
  (one, pick) =>
    call('add_team', { name: `Team of ${one.amount}`, parentTeamId: one.yes ? pick('team') : undefined, managerId: pick('employee') }),
  (one, pick) =>
    call('update_team', { teamId: pick('team'), name: `Renamed ${one.amount}`, parentTeamId: one.yes ? pick('team', 1) : undefined }),
  (one, pick) => call('delete_team', { teamId: pick('team'), ...(one.yes ? { cascade: true } : { reassignToTeamId: pick('team', 1) }) }),
  (one, pick) => call('add_project', { name: `Project ${one.amount}`, status: 'active', ownerId: pick('employee'), startDate: one.day }),
  (one, pick) =>
    call('update_project', {
      projectId: pick('project'),
      estimatedCost: money(one.amount),
      currency: currency(one),
      lifecycleStage: 'approved',
    }),
  (_, pick) => call('delete_project', { projectId: pick('project') }),
  (one, pick) =>
    call('allocate_employee_to_project', { employeeId: pick('employee'), projectId: pick('project'), fte: 0.3, startDate: one.day }),
  (one, pick) =>
    call('allocate_team_to_project', {
      teamId: pick('team'),
      projectId: pick('project'),
      fte: 1.5,
      startDate: one.day,
      endDate: one.yes ? '2030-12-31' : undefined,
    }),
  (one, pick) => call('update_allocation', { allocationId: pick('allocation'), ...(one.yes ? { end: true } : { fte: 0.25 }) }),
  (one, pick) =>
    call('update_budget', {
      ...(one.yes ? { scopeType: 'org' } : { scopeType: 'team', scopeId: pick('team') }),
      ...{ amount: money(one.amount), period: 'quarter', currency: currency(one), effectiveDate: one.day },
    }),
];

export const anyChange: fc.Arbitrary<AnyChange> = fc.record({
  kind: fc.nat({ max: CALLS.length - 1 }),
  rows: fc.array(fc.nat({ max: 50 }), { minLength: 2, maxLength: 2 }),
  day: fc.constantFrom(...DAYS),
  amount: fc.integer({ min: 1, max: 900 }),
  yes: fc.boolean(),
});

/** The call, for what there is; fields for which there is no row are left out. */
export function callOf(change: AnyChange, ids: Ids): Call {
  const pick = (table: string, which = 0): string | undefined => {
    const own = ids[table] ?? [];
    return own[(change.rows[which] ?? 0) % Math.max(1, own.length)];
  };
  const { tool, args } = (CALLS[change.kind] as Make)(change, pick);
  return { tool, args: Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) };
}
