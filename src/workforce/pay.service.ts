import { Injectable } from '@nestjs/common';
import type { CallContext } from '../access';
import { badCursor, Cursors, Page, toPage } from './cursor';
import { PAY_HISTORY, rankEmployees } from './pay.sql';
import { resolveReferences } from './references';
import { mayFilter, mustReadPay } from './rights';

/** Annual pay at 1.0 FTE from a day on; decimal strings in `currency`. */
export interface Pay {
  effectiveDate: string;
  annualSalary: string;
  annualBonus: string;
  currency: string;
  reason?: string;
}

/** What is in force (absent before the first row), and every row, newest first, agreed future ones included. */
export interface PayHistory {
  salary?: Pay;
  salaryHistory: Pay[];
}

export interface PayRanking {
  readonly by: 'salary' | 'bonus' | 'total';
  readonly order: 'highest' | 'lowest';
  readonly teamId?: string;
  readonly includeSubteams: boolean;
  readonly geographyId?: string;
  readonly jobRoleId?: string;
  readonly currency?: string;
  readonly asOf?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface RankedPerson {
  rank: number;
  id: string;
  name: string;
  jobRole: string;
  fte: number;
  amount: string;
  ownAmount: string;
  ownCurrency: string;
}

/** Somebody was left out of a figure; says who and why. */
export interface PayWarning {
  code: 'FX_MISSING' | 'PAY_MISSING';
  currency?: string;
  count: number;
  message: string;
}

export interface RankedPage extends Page<RankedPerson> {
  readonly asOf: string;
  readonly currency: string;
  readonly total: number;
  readonly warnings: PayWarning[];
}

interface RankRow {
  asOf: string;
  currency: string;
  total: number;
  cursorKnown: boolean;
  withoutPay: number;
  missing: { currency: string; count: number }[];
  people: RankedPerson[];
}

/** Pay: each method asks for compensation.read first. */
@Injectable()
export class PayService {
  async history(ctx: CallContext, employeeId: string, day: string): Promise<PayHistory> {
    mustReadPay(ctx);
    const rows = await ctx.db.query<{ pay: Pay; inForce: boolean }[]>(PAY_HISTORY, [ctx.orgId, day, employeeId]);
    const current = rows.find((row) => row.inForce);
    return { ...(current && { salary: current.pay }), salaryHistory: rows.map((row) => row.pay) };
  }

  /** Employed people by pay in one currency, then id; equal amounts share a rank. The cursor holds no amount. */
  async rank(ctx: CallContext, ranking: PayRanking): Promise<RankedPage> {
    mustReadPay(ctx);
    mayFilter(ctx, 'teamId', ranking.teamId, 'teams.read');
    const cursors = new Cursors(ctx, 'pay', ranking, 1);
    const after = cursors.read(ranking.cursor);
    const ids = await resolveReferences(ctx, [
      { kind: 'team', field: 'teamId', given: ranking.teamId },
      { kind: 'geo', field: 'geographyId', given: ranking.geographyId },
      { kind: 'role', field: 'jobRoleId', given: ranking.jobRoleId },
    ]);
    const [row] = await ctx.db.query<RankRow[]>(rankEmployees(ranking.teamId !== undefined), [
      ctx.orgId,
      after?.day ?? ranking.asOf,
      ranking.by,
      ranking.order === 'highest' ? -1 : 1,
      ids['teamId'],
      ranking.includeSubteams,
      ids['geographyId'],
      ids['jobRoleId'],
      ranking.currency,
      after?.key[0],
      ranking.limit + 1,
    ]);
    const { people, cursorKnown, withoutPay, missing, ...about } = row as RankRow;
    if (!cursorKnown) throw badCursor();
    const page = toPage(
      people,
      ranking.limit,
      (person) => person,
      (person) => cursors.write({ day: about.asOf, key: [person.id] }),
    );
    return { ...about, ...page, warnings: warnings(about.currency, missing, withoutPay) };
  }
}

function warnings(currency: string, missing: RankRow['missing'], withoutPay: number): PayWarning[] {
  const unrated = missing.map(({ currency: from, count }): PayWarning => ({
    code: 'FX_MISSING',
    currency: from,
    count,
    message: `${people(count)} left out: there is no exchange rate between ${from} and ${currency}.`,
  }));
  if (withoutPay === 0) return unrated;
  return [
    ...unrated,
    { code: 'PAY_MISSING', count: withoutPay, message: `${people(withoutPay)} left out: no pay is recorded for the day.` },
  ];
}

function people(count: number): string {
  return count === 1 ? 'One person is' : `${count} people are`;
}
