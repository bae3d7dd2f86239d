/** A row of `cost_warning`. */
export interface CostWarningRow {
  readonly code: 'FX_MISSING' | 'SALARY_MISSING' | 'OVER_ALLOCATED' | 'TEAM_SHORTFALL';
  readonly currency: string | null;
  readonly count: number;
}

/** What a figure leaves out or scales, in a sentence. */
export interface CostWarning {
  code: CostWarningRow['code'];
  currency?: string;
  count: number;
  message: string;
}

const counted = (count: number, one: string, many: string): string => (count === 1 ? `One ${one} is` : `${count} ${many} are`);

const MESSAGES: Record<CostWarningRow['code'], (count: number, from: string, to: string) => string> = {
  FX_MISSING: (count, from, to) =>
    `${counted(count, 'resource', 'resources')} left out on the days for which there is no exchange rate between ${from} and ${to}.`,
  SALARY_MISSING: (count) =>
    `${counted(count, 'resource', 'resources')} left out on the days for which no salary, rate or salary range is recorded.`,
  OVER_ALLOCATED: (count) =>
    `${counted(count, 'resource', 'resources')} allocated to more than the contracted FTE on some days; the shares are scaled down to it.`,
  TEAM_SHORTFALL: (count) =>
    `${counted(count, 'team', 'teams')} allocated to projects with more FTE than its members have left on some days; the projects get less.`,
};

/** @param currency of the figures */
export function toWarnings(rows: readonly CostWarningRow[], currency: string): CostWarning[] {
  return rows.map(({ code, currency: from, count }) => ({
    code,
    ...(from !== null && { currency: from }),
    count,
    message: MESSAGES[code](count, from ?? '', currency),
  }));
}
