import { addDays, daysBetween } from './days';
import { Dice } from './dice';
import { JOBS } from './job-catalogue';

/** A stretch of an employment during which nothing about its terms or team changes. Both days included; no `to` = open. */
export interface Stint {
  from: string;
  to: string | null;
  job: string;
  fte: number;
  team: string;
}

export interface Employment {
  start: string;
  end: string | null;
  notice: string | null;
}

const OLDER_THAN_TWO_YEARS = 730;

/** How a member's employment stands today: most are active, some left, a few are leaving or have yet to start. */
export function drawEmployment(leadStart: string, today: string, dice: Dice): Employment {
  const roll = dice.next();
  if (roll < 0.025) return { start: addDays(today, dice.int(7, 75)), end: null, notice: null };
  const longest = Math.max(200, Math.min(2400, daysBetween(leadStart, today)));
  const tenure = Math.floor(25 + (longest - 25) * dice.next());
  const start = addDays(today, -tenure);
  if (roll < 0.055) return { start, end: addDays(today, dice.int(10, 85)), notice: addDays(today, -dice.int(1, Math.min(40, tenure))) };
  if (roll < 0.17 && tenure > 220) {
    const end = addDays(today, -dice.int(5, Math.min(700, tenure - 120)));
    return { start, end, notice: addDays(end, -30) };
  }
  return { start, end: null, notice: null };
}

/** The stints of an employment: a promotion, a move from another team, a change to part time. */
export function drawStints(
  employment: Employment,
  job: string,
  team: string,
  otherTeams: readonly string[],
  today: string,
  dice: Dice,
): Stint[] {
  const partTime = dice.chance(0.09) ? dice.pick([0.5, 0.6, 0.8, 0.9]) : 1;
  let stints: Stint[] = [{ from: employment.start, to: null, job, fte: partTime, team }];
  const last = employment.end !== null && employment.end < today ? employment.end : today;
  const days = daysBetween(employment.start, last);
  if (days > OLDER_THAN_TWO_YEARS) {
    const former = JOBS.find((one) => one.title === job)?.from;
    const change = (): string => addDays(employment.start, dice.int(200, days - 100));
    if (former !== undefined && dice.chance(0.6)) stints = before(stints, change(), { job: former });
    if (dice.chance(0.08) && otherTeams.length > 0) stints = before(stints, change(), { team: dice.pick(otherTeams) });
    if (partTime < 1 && dice.chance(0.6)) stints = before(stints, change(), { fte: 1 });
  }
  return stints;
}

/** Splits the stints at a day; what lies before it differs as given. */
function before(stints: Stint[], day: string, difference: Partial<Stint>): Stint[] {
  return stints.flatMap((stint) => {
    if (stint.to !== null && stint.to < day) return [{ ...stint, ...difference }];
    if (stint.from >= day) return [stint];
    return [
      { ...stint, ...difference, to: addDays(day, -1) },
      { ...stint, from: day },
    ];
  });
}
