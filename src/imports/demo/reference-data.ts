import { OrganizationPlan, Place, UNRATED } from './blueprints';
import { addDays } from './days';
import { Dice } from './dice';
import { holidays } from './holidays';
import { Job, JOBS } from './job-catalogue';
import { externalId, RowSet } from './rows';

/** Ids of the code lists that people refer to. */
export interface ReferenceIds {
  geography: ReadonlyMap<Place, string>;
  jobRole: ReadonlyMap<string, string>;
  permanent: string;
  fixedTerm: string;
  intern: string;
  costCentres: Map<string, string>;
  valueStreams: ReadonlyMap<string, string>;
}

/** Units of a euro that one unit of the currency buys, around which the demo's rates move. */
const EUROS: Record<string, number> = { EUR: 1, USD: 0.92, GBP: 1.17 };

/** Roughly what an amount of one currency is in another. */
export function converted(amount: number, from: string, to: string): number {
  return (amount * (EUROS[from] ?? 1)) / (EUROS[to] ?? 1);
}

export function addReferenceData(rows: RowSet, plan: OrganizationPlan, withUnrated: boolean, today: string, dice: Dice): ReferenceIds {
  const places = withUnrated ? [...plan.places, UNRATED] : plan.places;
  const geography = new Map(places.map((place) => [place, addPlace(rows, place, today, dice)]));
  const jobRole = new Map(JOBS.map((job) => [job.title, addJob(rows, job, dice)]));
  const [permanent, fixedTerm, intern] = [
    ['Permanent', 0.24],
    ['Fixed term', 0.22],
    ['Intern', 0.1],
  ].map(([name, overhead]) => addNamed(rows, 'work_type', 'wt', { name, overhead }, dice)) as [string, string, string];
  const valueStreams = new Map(plan.valueStreams.map((name) => [name, addNamed(rows, 'value_stream', 'vs', { name }, dice)]));
  addRates(rows, plan, today, dice);
  return { geography, jobRole, permanent, fixedTerm, intern, costCentres: new Map(), valueStreams };
}

function addNamed(rows: RowSet, table: 'work_type' | 'value_stream', prefix: string, row: Record<string, unknown>, dice: Dice): string {
  const id = dice.id(prefix);
  rows.add(table, { id, external_id: externalId(String(row['name'])), ...row });
  return id;
}

function addPlace(rows: RowSet, place: Place, today: string, dice: Dice): string {
  const id = dice.id('geo');
  rows.add('geography', {
    id,
    external_id: externalId(place.name),
    name: place.name,
    country_code: place.country,
    region: place.region,
    time_zone: place.timeZone,
    currency: place.currency,
    cost_multiplier: place.payFactor,
  });
  const year = Number(today.slice(0, 4));
  for (const holiday of holidays(place.country, [year - 3, year - 2, year - 1, year, year + 1, year + 2]))
    rows.add('holiday', { geography_id: id, ...holiday });
  return id;
}

function addJob(rows: RowSet, job: Job, dice: Dice): string {
  const id = dice.id('role');
  rows.add('job_role', { id, external_id: externalId(job.title), title: job.title });
  return id;
}

/** Quarterly rates into the reporting currency; none for the unrated place's. */
function addRates(rows: RowSet, plan: OrganizationPlan, today: string, dice: Dice): void {
  const target = EUROS[plan.currency] as number;
  const year = Number(today.slice(0, 4));
  for (const [currency, euros] of Object.entries(EUROS)) {
    if (currency === plan.currency) continue;
    for (let quarter = 0; quarter < 20; quarter += 1) {
      const effective = `${year - 4 + Math.floor(quarter / 4)}-${String((quarter % 4) * 3 + 1).padStart(2, '0')}-01`;
      if (effective > addDays(today, 31)) break;
      const rate = ((euros / target) * (0.97 + dice.next() * 0.06)).toFixed(4);
      rows.add('fx_rate', { id: dice.id('fx'), from_currency: currency, to_currency: plan.currency, rate, effective_from: effective });
    }
  }
}
