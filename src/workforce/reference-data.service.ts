import { Injectable } from '@nestjs/common';
import { type CallContext, can } from '../access';
import type { IdName } from './allocation';
import { Cursors, Page, toPage } from './cursor';
import { codeList, CodeListName } from './reference-data.sql';
import { redactItems } from './rights';

export interface CodeListSearch {
  /** Part of the name, in any case. */
  readonly query?: string;
  readonly limit: number;
  readonly cursor?: string;
}

interface Code {
  id: string;
  name: string;
  /** false where it is no longer given to anybody. */
  active?: boolean;
}

export interface Geography extends Code {
  country: string;
  region?: string;
  currency: string;
  timeZone: string;
  /** Of vacancies' salaries; a decimal. */
  costMultiplier: string;
}

export interface JobRole extends Code {
  /** People employed in it today. */
  holders?: number;
  /** Open, and on hold. */
  vacancies?: number;
}

/** A row of any code list; which fields it has depends on the list. */
export interface CodeRow extends Partial<Geography>, Omit<JobRole, 'id'> {
  name: string;
  /** A fraction of base pay: 0.3. */
  overhead?: string;
  /** How much of the second currency one of the first is. */
  rate?: string;
  effectiveFrom?: string;
  day?: string;
  geography?: IdName;
}

interface Row<T> {
  id: string;
  sortKey: string;
  day: string;
  item: T;
}

/** Needs org.read: code lists hold nothing of a person; what is counted over people and vacancies is left out without the right to see them. */
@Injectable()
export class ReferenceDataService {
  /** By name. */
  geographies(ctx: CallContext, search: CodeListSearch): Promise<Page<Geography>> {
    return read(ctx, 'geographies', search);
  }

  /** By title. */
  async jobRoles(ctx: CallContext, search: CodeListSearch): Promise<Page<JobRole> & { redacted?: string[] }> {
    return redactItems(ctx, await read<JobRole>(ctx, 'job_roles', search), { holders: 'people.read', vacancies: 'vacancies.read' });
  }

  /** By name; exchange rates by currencies and day, holidays by day. */
  list(ctx: CallContext, name: CodeListName, search: CodeListSearch): Promise<Page<CodeRow> & { redacted?: string[] }> {
    return name === 'job_roles' ? this.jobRoles(ctx, search) : read(ctx, name, search);
  }
}

async function read<T>(ctx: CallContext, name: CodeListName, search: CodeListSearch): Promise<Page<T>> {
  const cursors = new Cursors(ctx, name, search, 2);
  const after = cursors.read(search.cursor);
  const rows = await ctx.db.query<Row<T>[]>(codeList(name), [
    ctx.orgId,
    after?.day,
    search.query,
    after?.key[0],
    after?.key[1],
    search.limit + 1,
    can(ctx, 'people.read'),
    can(ctx, 'vacancies.read'),
  ]);
  return toPage(
    rows,
    search.limit,
    ({ item }) => item,
    ({ sortKey, id, day }) => cursors.write({ day, key: [sortKey, id] }),
  );
}
