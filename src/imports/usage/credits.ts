import type { UsageRow } from './usage.sql';

type Row = UsageRow & { readonly line: number };
interface Day {
  readonly line: number;
  readonly rows: readonly Row[];
}

/** Decimal places that costs are added up with; far more than are kept. */
const PLACES = 20;

/**
 * The days with credits (costs below zero) taken from what else the account's use of the system costs on the day, whichever
 * model that is of, since no cost of a day is below zero: the dearest model pays first. Credits that are more are refused.
 */
export function withCredits(days: readonly Day[], refuse: (line: number) => void): Day[] {
  const groups = new Map<string, Day[]>();
  for (const day of days) {
    const { provider, account, day: date, system, currency } = day.rows[0] as Row;
    const key = JSON.stringify([provider, account, date, system, currency]);
    groups.set(key, [...(groups.get(key) ?? []), day]);
  }
  return [...groups.values()].flatMap((group) => {
    if (group.every(({ rows }) => rows.every((row) => !isCredit(row)))) return group;
    if (group.reduce((sum, day) => sum + costOf(day), 0n) >= 0n) return balanced(group);
    return group.flatMap(({ line, rows }) => {
      for (const row of rows) if (isCredit(row)) refuse(row.line);
      const left = rows.filter((row) => !isCredit(row));
      return left.length === 0 ? [] : [{ line, rows: left }];
    });
  });
}

/** Adds a row to each day that has a credit left over, and to those that it is taken from, so that none is below zero. */
function balanced(group: readonly Day[]): Day[] {
  let credit = group.reduce((sum, day) => (costOf(day) < 0n ? sum - costOf(day) : sum), 0n);
  const paid = new Map<Day, bigint>(group.filter((day) => costOf(day) < 0n).map((day) => [day, -costOf(day)]));
  for (const day of [...group].sort((a, b) => (costOf(a) < costOf(b) ? 1 : -1))) {
    const part = costOf(day) < credit ? costOf(day) : credit;
    if (part <= 0n) break;
    paid.set(day, -part);
    credit -= part;
  }
  return group.map((day) => {
    const share = paid.get(day);
    if (share === undefined) return day;
    const { key, provider, account, day: date, system, model, currency, line } = day.rows[0] as Row;
    return { ...day, rows: [...day.rows, { key, provider, account, day: date, system, model, currency, line, cost: decimal(share) }] };
  });
}

const isCredit = ({ cost }: Row): boolean => cost?.startsWith('-') === true && units(cost) < 0n;

const costOf = ({ rows }: Day): bigint => rows.reduce((sum, { cost }) => sum + units(cost ?? '0'), 0n);

function units(cost: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(cost) ?? [];
  return BigInt(`${sign}${whole}${fraction.slice(0, PLACES).padEnd(PLACES, '0')}`);
}

function decimal(amount: bigint): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(PLACES + 1, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}
