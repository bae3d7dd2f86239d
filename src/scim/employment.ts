import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { codeKey, CodeLists, type IncomingPerson, type PeopleSource, teamNamed } from '../workforce';
import type { ScimConnection } from './connections.service';
import { invalidValue, ScimError } from './scim-error';
import type { UserChanges } from './user-changes';
import type { UserRow } from './user.sql';

/** A person as the directory wants them to be; what it does not say is as it is. */
export interface Desired {
  readonly userName: string;
  readonly externalId: string | null;
  readonly number: string;
  /** Last day, where it was the directory that ended the employment. */
  readonly endedOn: string | null;
  /** Last day that was planned before. */
  readonly plannedEnd: string | null;
  readonly title: string;
  readonly workType: string;
  readonly place: string;
  readonly country: string;
  readonly centre: string | null;
  readonly team: string | null;
  readonly person: Omit<IncomingPerson, 'jobRoleId' | 'workTypeId' | 'geographyId' | 'costCentreId' | 'teamId'>;
}

/** What directories do not tell of people, and the product cannot be without. */
const UNKNOWN = { title: 'Not stated', workType: 'Permanent', place: 'Not stated' };

/** How long ago somebody may have left to be taken back as if they had not: as long as directories keep whom they delete. */
const REOPEN_DAYS = 30;
const DAY = 86_400_000;

export function leftLongAgo(end: string | null, today: string): boolean {
  return end !== null && Date.parse(today) - Date.parse(end) > REOPEN_DAYS * DAY;
}

type Part = 'email' | 'endDate' | 'manager' | 'jobRole' | 'workType' | 'geography' | 'costCentre' | 'fte';

/** The slots that tell each part of what the people's writer takes. */
const PARTS: Readonly<Record<Part, readonly (keyof UserChanges)[]>> = {
  email: ['emails.value'],
  endDate: ['active', 'enddate'],
  manager: ['manager.value'],
  jobRole: ['title'],
  workType: ['usertype'],
  geography: ['addresses.locality'],
  costCentre: ['costcenter'],
  fte: ['fte'],
};

export function employmentOf(present: UserRow | undefined, changes: UserChanges, today: string): Desired {
  const or = <T>(slot: keyof UserChanges, now: T): string | T => (changes[slot] === undefined ? now : (changes[slot] as string | T));
  const userName = required(or('username', present?.userName ?? null), 'userName', 254);
  const startDate = required(or('startdate', present?.start ?? today), 'startDate', 10);
  const externalId = or('externalid', present?.externalId ?? null);
  const email = or('emails.value', present === undefined && userName.includes('@') ? userName : (present?.email ?? null));
  if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email)) throw invalidValue('The e-mail address is no address.');
  const end = endOf(present, changes, startDate, today);
  const managerId = or('manager.value', present?.managerId ?? null);
  const number = required(changes.employeenumber ?? present?.number ?? externalId ?? userName, 'employeeNumber', 100);
  return {
    userName,
    externalId,
    number,
    endedOn: end.endedOn,
    plannedEnd: end.plannedEnd,
    title: or('title', present?.title ?? null) ?? UNKNOWN.title,
    workType: or('usertype', present?.workType ?? null) ?? UNKNOWN.workType,
    place: or('addresses.locality', present?.place ?? null) ?? UNKNOWN.place,
    country: countryOf(changes['addresses.country'] ?? present?.country ?? null),
    centre: or('costcenter', present?.centre ?? null),
    team: or('department', present?.team ?? null),
    person: {
      externalId: number,
      ...nameOf(present, changes, userName),
      startDate,
      ...(email !== null && { email }),
      ...(end.date !== null && { endDate: end.date }),
      ...(managerId !== null && { managerId }),
      fte: or('fte', present?.fte ?? null) ?? '1',
    },
  };
}

function required(value: string | null, name: string, longest: number): string {
  if (value === null || value === '') throw invalidValue(`${name} is needed.`);
  if (value.length > longest) throw invalidValue(`${name} is longer than ${longest} characters.`);
  return value;
}

/** First and last name; where a directory has neither, what it shows, whose last word becomes the last name. */
function nameOf(present: UserRow | undefined, changes: UserChanges, userName: string): { firstName: string; lastName: string } {
  const shown = changes['name.formatted'] ?? changes.displayname ?? '';
  const at = shown.lastIndexOf(' ');
  const [first, last] = at < 0 ? [shown, ''] : [shown.slice(0, at), shown.slice(at + 1)];
  const stem = userName.split('@')[0] as string;
  const firstName = changes['name.givenname'] ?? present?.first ?? (first || stem);
  const lastName = changes['name.familyname'] ?? present?.last ?? (last || stem);
  return { firstName: required(firstName, 'name.givenName', 100), lastName: required(lastName, 'name.familyName', 100) };
}

/** Directories write names of countries, too; what is no code is that of the connection. */
function countryOf(text: string | null): string {
  return text !== null && /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : '';
}

interface End {
  readonly date: string | null;
  readonly endedOn: string | null;
  readonly plannedEnd: string | null;
}

/** The last day of the employment. Inactive means that today is; active again, that it was not the last: what was planned before is, unless that has passed. */
function endOf(present: UserRow | undefined, changes: UserChanges, startDate: string, today: string): End {
  const end = changes.enddate === undefined ? (present?.end ?? null) : changes.enddate;
  const wasActive = present?.active ?? true;
  const byDirectory = present !== undefined && present.endedOn !== null && present.end === present.endedOn;
  const plannedEnd = byDirectory ? present.plannedEnd : null;
  if (changes.active === 'false' && (wasActive || changes.enddate !== undefined)) {
    const last = end !== null && end < today ? end : startDate > today ? startDate : today;
    return { date: last, endedOn: last, plannedEnd: end !== null && end > last ? end : end === present?.end ? plannedEnd : null };
  }
  if (changes.active === 'true' && !wasActive && changes.enddate === undefined) {
    if (leftLongAgo(present?.end ?? null, today))
      throw new ScimError(
        400,
        `The employment ended more than ${REOPEN_DAYS} days ago. Delete the User and create it anew, with a new employee number.`,
        'mutability',
      );
    return { date: plannedEnd !== null && plannedEnd >= today ? plannedEnd : null, endedOn: null, plannedEnd: null };
  }
  if (end !== null && end < startDate) throw invalidValue('endDate is before startDate.');
  return end === present?.end ? { date: end, endedOn: present.endedOn, plannedEnd } : { date: end, endedOn: null, plannedEnd: null };
}

/** Whether the request says nothing that is not so already; directories send much that is. */
export function nothingChanged(
  present: UserRow,
  { person, number, title, workType, place, centre, team }: Desired,
  changes: UserChanges,
): boolean {
  const same: [unknown, unknown][] = [
    [number, present.number],
    [person.firstName, present.first],
    [person.lastName, present.last],
    [person.email ?? null, present.email],
    [person.startDate, present.start],
    [person.endDate ?? null, present.end],
    [person.managerId ?? null, present.managerId],
    [person.fte, present.fte],
    [title, present.title],
    [workType, present.workType],
    [place, present.place],
    [centre, present.centre],
    ...(changes.department === undefined ? [] : [[team, present.team] as [unknown, unknown]]),
  ];
  return same.every(([wanted, now]) => wanted === now);
}

/** What the writer has to know: new people have everything, of others only what the request says is written. */
export function peopleSource({ teams }: ScimConnection, changes: UserChanges, today: string): PeopleSource {
  const given = (Object.keys(PARTS) as Part[]).filter((part) => PARTS[part].some((slot) => changes[slot] !== undefined));
  return {
    given: new Set(given),
    hasPay: false,
    hasTeam: teams === 'department' && changes.department !== undefined,
    day: today,
    perYear: '1',
    payIsActual: false,
  };
}

/** The codes of a person: job role, kind of employment, place, cost centre, and the team where departments are teams. */
@Injectable()
export class NewPeople {
  constructor(private readonly codes: CodeLists) {}

  async ensure(
    db: EntityManager,
    { orgId, country, teams }: ScimConnection,
    desired: Desired,
    present: UserRow | undefined,
  ): Promise<Pick<IncomingPerson, 'jobRoleId' | 'workTypeId' | 'geographyId' | 'costCentreId' | 'teamId'>> {
    const [settings] = await db.query<{ currency: string; zone: string }[]>(
      'select reporting_currency as currency, time_zone as zone from organization where id = $1',
      [orgId],
    );
    const { title, workType, place, centre } = desired;
    const team = teams === 'department' ? desired.team : null;
    const wanted = {
      jobRoles: [title],
      workTypes: [workType],
      costCentres: centre === null ? [] : [centre],
      teams: team === null ? [] : [team],
      geographies: [{ name: place, country: desired.country || country, currency: settings?.currency ?? 'EUR' }],
    };
    const { ids } = await this.codes.ensure(db, orgId, wanted, settings?.zone ?? 'UTC');
    const mine = present?.teamId != null ? { id: present.teamId, name: present.team ?? '' } : undefined;
    const teamId = team === null ? undefined : teamNamed(ids, team, mine);
    if (teamId === '') throw invalidValue('Several teams have the name of the department.');
    return {
      jobRoleId: ids.jobRoles.get(codeKey(title)) as string,
      workTypeId: ids.workTypes.get(codeKey(workType)) as string,
      geographyId: ids.geographies.get(codeKey(place)) as string,
      ...(centre !== null && { costCentreId: ids.costCentres.get(codeKey(centre)) as string }),
      ...(teamId !== undefined && { teamId }),
    };
  }
}
