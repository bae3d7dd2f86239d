import { Employment, Stint } from './career';
import { addDays } from './days';
import { Dice } from './dice';
import { JOBS } from './job-catalogue';

export interface Pay {
  day: string;
  salary: number;
  bonus: number;
  reason: string;
}

/** Pay from the first day on: a review each April, a rise with each promotion, now and then one that is already agreed for next year. */
export function drawPay(employment: Employment, stints: readonly Stint[], payFactor: number, today: string, dice: Dice): Pay[] {
  const until = employment.end !== null && employment.end < today ? employment.end : today;
  const years = Math.max(0, Number(until.slice(0, 4)) - Number(employment.start.slice(0, 4)));
  const level = payFactor * (0.86 + dice.next() * 0.3);
  let salary = typicalPay(stints[0] as Stint) * level * 1.03 ** -years;
  const pay: Pay[] = [];
  const settle = (day: string, stint: Stint, reason: string): void => {
    const rounded = Math.round(salary / 100) * 100;
    pay.push({ day, salary: rounded, bonus: Math.round((rounded * bonusShare(stint)) / 100) * 100, reason });
  };
  settle(employment.start, stints[0] as Stint, 'Hired');
  for (const { day, kind } of occasions(employment.start, until, stints)) {
    const stint = stints.findLast((one) => one.from <= day) as Stint;
    salary = kind === 'Promotion' ? Math.max(salary * 1.05, typicalPay(stint) * level) : salary * (1.015 + dice.next() * 0.035);
    settle(day, stint, kind);
  }
  if (employment.end === null && dice.chance(0.05)) {
    salary *= 1.04;
    settle(`${Number(today.slice(0, 4)) + 1}-04-01`, stints.at(-1) as Stint, 'Agreed rise');
  }
  return pay;
}

function occasions(start: string, until: string, stints: readonly Stint[]): { day: string; kind: 'Promotion' | 'Annual review' }[] {
  const promotions = stints.filter((stint, index) => index > 0 && stint.job !== stints[index - 1]?.job).map((stint) => stint.from);
  const reviews: string[] = [];
  for (let year = Number(start.slice(0, 4)); year <= Number(until.slice(0, 4)); year += 1) reviews.push(`${year}-04-01`);
  return [
    ...promotions.map((day) => ({ day, kind: 'Promotion' as const })),
    ...reviews
      .filter((day) => day > addDays(start, 180) && day <= until && !promotions.includes(day))
      .map((day) => ({ day, kind: 'Annual review' as const })),
  ].sort((a, b) => a.day.localeCompare(b.day));
}

function typicalPay(stint: Stint): number {
  return JOBS.find((job) => job.title === stint.job)?.pay ?? 50_000;
}

function bonusShare(stint: Stint): number {
  return JOBS.find((job) => job.title === stint.job)?.bonus ?? 0;
}
