import { Injectable } from '@nestjs/common';
import type { Entity, ImportRun, SourceRow, Tally } from '../entity';
import { place } from '../mapping/read-rows';
import { Directory } from '../references/directory';
import { writeInBatches } from '../write-in-batches';
import { type Account, ensureAccounts, type Measure, MEASURES, type UsageRow, writeUsage } from './usage.sql';
import { withCredits } from './credits';
import { USAGE } from './usage.entity';

/** A day of an account, a system and a model, with the rows that make it up. */
interface UsageDay {
  readonly line: number;
  readonly rows: readonly UsageRow[];
}

const fieldOf = (measure: Measure): string => measure.replace('_', ' ');

/** Brings the use of AI in: days take the place of those that are there, so that the same file can come twice. */
@Injectable()
export class UsageImport {
  readonly entity: Entity = { ...USAGE, apply: (run) => this.apply(run) };

  private async apply(run: ImportRun): Promise<Tally> {
    const measures = MEASURES.filter((measure) => fieldOf(measure) in run.mapping.columns);
    const days = daysOf(run, measures);
    const people = await Directory.load(run.organization.id, ['employee'], run.read);
    const accounts = accountsOf(run, days, people);
    const added = await this.ensure(run, accounts);
    const tally = await this.write(run, days, measures);
    const unmatched = accounts.filter(({ employeeId }) => employeeId === null).length;
    const remarks = [
      `Counted are days of an account, a system and a model: ${days.length} of ${run.rows.length} rows.`,
      ...(unmatched > 0
        ? [`${unmatched} of ${accounts.length} accounts are nobody's: their usage is kept and reported as unmatched.`]
        : []),
    ];
    return { ...tally, added, remarks };
  }

  private async ensure(run: ImportRun, accounts: readonly Account[]): Promise<Record<string, number>> {
    if (accounts.length === 0) return {};
    const { matched, added } = await run.write(async (db) => {
      const result = await ensureAccounts(db, run.organization.id, accounts);
      return { result, changed: result.matched + result.added > 0 };
    });
    return { ...(added > 0 && { accounts: added }), ...(matched > 0 && { 'matched accounts': matched }) };
  }

  private async write(
    run: ImportRun,
    days: readonly UsageDay[],
    measures: readonly Measure[],
  ): Promise<Pick<Tally, 'created' | 'changed' | 'unchanged'>> {
    const tally = { created: 0, changed: 0, unchanged: 0 };
    const batch = (part: readonly UsageDay[]) =>
      run.write(async (db) => {
        const rows = part.flatMap((day) => day.rows);
        const result = await writeUsage(db, run.organization.id, rows, measures);
        return { result, changed: result.created.length + result.changed.length > 0 };
      });
    await writeInBatches(run, days, batch, {
      written: ({ created, changed }, part) => {
        tally.created += created.length;
        tally.changed += changed.length;
        tally.unchanged += part.length - created.length - changed.length;
      },
      refused: () => undefined,
    });
    return tally;
  }
}

/** The days of all rows; a row without a figure says nothing, one that lacks its day or account is refused. */
function daysOf(run: ImportRun, measures: readonly Measure[]): UsageDay[] {
  const days = new Map<string, { line: number; rows: (UsageRow & { line: number })[] }>();
  for (const row of run.rows) {
    if (measures.every((measure) => row.values[fieldOf(measure)] === undefined)) continue;
    const usage = usageOf(row, run, measures);
    if ('wrong' in usage) {
      run.refuse(row.line, usage.wrong);
      continue;
    }
    const key = JSON.stringify([usage.provider, usage.account, usage.day, usage.system, usage.model]);
    const day = days.get(key) ?? { line: row.line, rows: [] };
    if (!days.has(key)) days.set(key, day);
    const currency = day.rows[0]?.currency ?? usage.currency;
    if (currency !== usage.currency)
      run.refuse(row.line, `${place({ name: 'currency' }, run.mapping)} is another one than on line ${day.line}, of the same day`);
    else day.rows.push({ ...usage, line: row.line });
  }
  const refuse = (line: number): void =>
    run.refuse(line, `${place({ name: 'cost' }, run.mapping)} is a credit of more than the account's costs of the system on the day`);
  return withCredits([...days.values()], refuse).map((day, key) => ({ ...day, rows: day.rows.map((row) => ({ ...row, key })) }));
}

function usageOf(
  { values }: SourceRow,
  { mapping, facts }: ImportRun,
  measures: readonly Measure[],
): UsageRow | { readonly wrong: string } {
  const { settings } = mapping;
  const or = (field: string): string | undefined => values[field] ?? (settings[`default ${field}`] || undefined);
  const day = values['day'] ?? settings['day'];
  const [account, provider, system] = ['account', 'provider', 'system'].map(or);
  const missing = Object.entries({ day, account, provider, system }).find(([, value]) => value === undefined);
  if (missing !== undefined) return { wrong: `${missing[0]} is blank` };
  const currency = values['currency'] ?? (settings['currency'] || undefined);
  if (values['cost'] !== undefined && currency === undefined) return { wrong: 'currency is blank' };
  return {
    ...{ key: 0, day: day as string, provider: provider as string, system: system as string, model: values['model'] ?? '' },
    account: (account as string).includes('@') ? (account as string).toLowerCase() : (account as string),
    currency: (currency ?? facts.currency).toUpperCase(),
    ...Object.fromEntries(measures.map((measure) => [measure, values[fieldOf(measure)]])),
  };
}

/** Each account with its person, found by the address. */
function accountsOf(run: ImportRun, days: readonly UsageDay[], people: Directory): Account[] {
  const accounts = new Map<string, Account>();
  for (const { line, rows } of days) {
    const { provider, account } = rows[0] as UsageRow;
    const key = JSON.stringify([provider, account]);
    if (accounts.has(key)) continue;
    const person = people.find(['employee'], account, ['email']);
    const employeeId = typeof person === 'object' ? person.id : null;
    if (employeeId === null)
      run.warn(line, `the account (column ${run.mapping.columns['account'] ?? 'none'}) is nobody's e-mail address: kept as unmatched`);
    accounts.set(key, { provider, account, employeeId });
  }
  return [...accounts.values()];
}
