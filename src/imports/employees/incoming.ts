import type { OrganizationFacts, SourceRow, Values } from '../entity';
import type { Mapping } from '../mapping/mapping';
import { codeKey, type CodeIds, type IncomingPerson, type PeopleSource, type WantedCodes } from '../../workforce';
import { hundredth } from '../file/numbers';
import type { Manager } from './everybody';
import { nameOf } from '../references/names';

/** A row's code, or the default for rows that have none. */
function code(name: string, values: Values, { settings }: Mapping): string | undefined {
  return values[name] ?? (settings[`default ${name}`] || undefined);
}

const countryOf = (values: Values, { settings }: Mapping): string => (values['country'] ?? settings['country'] ?? '').toUpperCase();
const currencyOf = (values: Values, { settings }: Mapping): string => (values['currency'] ?? settings['currency'] ?? '').toUpperCase();

/** Every name of a job role, team and so on that the rows use. */
export function wantedCodes(rows: readonly SourceRow[], mapping: Mapping, facts: OrganizationFacts): Partial<WantedCodes> {
  const names = (field: string): string[] => [...new Set(rows.flatMap(({ values }) => code(field, values, mapping) ?? []))];
  const geographies = new Map<string, WantedCodes['geographies'][number]>();
  for (const { values } of rows) {
    const name = code('location', values, mapping);
    const place = { country: countryOf(values, mapping), currency: currencyOf(values, mapping) || facts.currency };
    if (name !== undefined && !geographies.has(name)) geographies.set(name, { name, ...place });
  }
  return {
    jobRoles: names('job role'),
    workTypes: names('work type'),
    costCentres: names('cost centre'),
    teams: names('department'),
    geographies: [...geographies.values()],
  };
}

/** What the writer has to know of the whole file. */
export function sourceOf({ columns, settings }: Mapping, facts: OrganizationFacts): PeopleSource {
  const has = (...names: string[]): boolean => names.some((name) => name in columns);
  const given = {
    ...{
      email: has('email'),
      endDate: has('end date'),
      noticeDate: has('notice date'),
      skills: has('skills'),
      fte: has('fte'),
      bonus: has('bonus'),
    },
    ...{ manager: has('manager number', 'manager name'), jobRole: has('job role'), workType: has('work type') },
    ...{ geography: has('location'), costCentre: has('cost centre') },
  };
  const hours = Math.round(Number(facts.hoursPerDay) * 100);
  const perYear = { year: '1', month: '12', hour: String((hours * 5 * 52) / 100) }[settings['pay period'] ?? 'year'] ?? '1';
  return {
    given: new Set((Object.keys(given) as (keyof typeof given)[]).filter((name) => given[name])),
    hasPay: has('salary'),
    hasTeam: has('department'),
    day: settings['changes from'] === 'today' ? facts.today : (settings['changes from'] as string),
    perYear,
    payIsActual: settings['pay basis'] === 'actual',
  };
}

/** A row as the writer takes it. */
export function incomingPerson(
  { values }: SourceRow,
  manager: Manager,
  mapping: Mapping,
  ids: CodeIds,
  teamId: string | undefined,
): IncomingPerson {
  const { first, last } = nameOf(values);
  const id = (list: keyof CodeIds, field: string): string => ids[list].get(codeKey(code(field, values, mapping) ?? '')) ?? '';
  const { salary, fte } = values;
  return {
    externalId: values['employee number'] as string,
    ...{ firstName: first, lastName: last, email: values['email'] },
    startDate: values['start date'] as string,
    ...{ endDate: values['end date'], noticeDate: values['notice date'] },
    skills: values['skills']
      ?.split(/[,;|]/)
      .map((skill) => skill.trim())
      .filter((skill) => skill !== ''),
    ...manager,
    ...{ jobRoleId: id('jobRoles', 'job role'), workTypeId: id('workTypes', 'work type'), geographyId: id('geographies', 'location') },
    costCentreId: id('costCentres', 'cost centre') || undefined,
    teamId,
    fte: fte !== undefined && mapping.settings['fte unit'] === 'percent' ? hundredth(fte) : fte,
    ...(salary !== undefined && { salary, bonus: values['bonus'], currency: currencyOf(values, mapping), payDate: values['pay date'] }),
  };
}
