import { Injectable } from '@nestjs/common';
import { resolveReferences } from '../../workforce';
import { dayBefore } from '../days';
import type { Draft, Step } from '../write';
import { cleared, columnsOf } from './columns';
import { deleteAllocations, endAllocations } from './ends';

const PLAIN = ['role', 'description', 'status', 'fte', 'targetStartDate', 'salaryMin', 'salaryMax', 'currency'] as const;
const REFERENCES = { jobRoleId: 'role', workTypeId: 'wt', geographyId: 'geo', hiringManagerId: 'emp' } as const;

interface VacancyFields {
  readonly role?: string;
  readonly description?: string;
  readonly fte?: number;
  readonly targetStartDate?: string;
  readonly jobRoleId?: string;
  readonly workTypeId?: string;
  readonly geographyId?: string;
  readonly hiringManagerId?: string;
  readonly salaryMin?: string;
  readonly salaryMax?: string;
  readonly currency?: string;
  readonly teamId?: string;
}

export interface NewVacancy extends VacancyFields {
  readonly role: string;
  readonly targetStartDate: string;
  readonly fte: number;
  readonly count: number;
}

export interface VacancyUpdate extends VacancyFields {
  readonly vacancyId: string;
  readonly status?: 'open' | 'on_hold' | 'cancelled';
  readonly clear?: readonly string[];
}

/** Open positions in a scenario. */
@Injectable()
export class VacancyChanges {
  add(input: NewVacancy): Step {
    return async (draft) => {
      const { teamId, ...ids } = await references(draft, input);
      const all = Array.from({ length: input.count }, () => {
        const id = draft.create('vacancy', { ...columnsOf(input, PLAIN), ...columnsOf(ids, Object.keys(REFERENCES)) });
        if (teamId)
          draft.create('allocation', {
            vacancy_id: id,
            target_team_id: teamId,
            fte: input.fte,
            start_date: input.targetStartDate,
            is_primary: true,
          });
        return id;
      });
      return all.length === 1 ? { type: 'vacancy', id: all[0], name: input.role } : { type: 'vacancy', ids: all, name: input.role };
    };
  }

  update(input: VacancyUpdate): Step {
    return async (draft) => {
      const { vacancyId = '', teamId, ...ids } = await references(draft, input);
      draft.update('vacancy', vacancyId, {
        ...columnsOf(input, [...PLAIN]),
        ...columnsOf(ids, Object.keys(REFERENCES)),
        ...cleared(input.clear),
      });
      if (teamId) await this.moveTo(draft, vacancyId, teamId);
      return { type: 'vacancy', id: vacancyId };
    };
  }

  remove(given: string): Step {
    return async (draft) => {
      const { vacancyId = '' } = await references(draft, { vacancyId: given });
      await deleteAllocations(draft, 'vacancy_id', [vacancyId]);
      draft.delete('vacancy', vacancyId);
      return { type: 'vacancy', id: vacancyId };
    };
  }

  private async moveTo(draft: Draft, id: string, teamId: string): Promise<void> {
    const sql = 'select fte::text, greatest(target_start_date, $3)::text as day from vacancy where org_id = $1 and id = $2';
    const [{ fte, day }] = await draft.ctx.db.query<[{ fte: string; day: string }]>(sql, [draft.ctx.orgId, id, draft.today]);
    await endAllocations(draft, 'vacancy_id', [id], dayBefore(day));
    draft.create('allocation', { vacancy_id: id, target_team_id: teamId, fte, start_date: day, is_primary: true });
  }
}

function references({ ctx }: Draft, input: VacancyFields & { vacancyId?: string }): Promise<Record<string, string>> {
  return resolveReferences(ctx, [
    { kind: 'vac', field: 'vacancyId', given: input.vacancyId },
    { kind: 'team', field: 'teamId', given: input.teamId },
    ...Object.entries(REFERENCES).map(([field, kind]) => ({ kind, field, given: input[field as keyof typeof REFERENCES] })),
  ]);
}
