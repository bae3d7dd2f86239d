import { Injectable } from '@nestjs/common';
import { resolveReferences } from '../../workforce';
import { dayBefore } from '../days';
import type { Draft, Step } from '../write';
import { cleared, columnsOf } from './columns';
import { deleteAllocations, deleteOwned, endAllocations } from './ends';

const PLAIN = ['name', 'email', 'contractorType', 'companyName', 'startDate', 'endDate'] as const;
const REFERENCES = { managerId: 'emp', jobRoleId: 'role', geographyId: 'geo', costCentreId: 'cc' } as const;

interface ContractorFields {
  readonly name?: string;
  readonly email?: string;
  readonly contractorType?: 'individual' | 'company';
  readonly companyName?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly managerId?: string;
  readonly jobRoleId?: string;
  readonly geographyId?: string;
  readonly costCentreId?: string;
  readonly teamId?: string;
  readonly rateType?: 'hourly' | 'daily' | 'monthly';
  readonly rate?: string;
  readonly currency?: string;
}

export interface NewContractor extends ContractorFields {
  readonly name: string;
  readonly startDate: string;
  readonly geographyId: string;
  readonly rateType: 'hourly' | 'daily' | 'monthly';
  readonly rate: string;
  readonly currency: string;
}

export interface ContractorUpdate extends ContractorFields {
  readonly contractorId: string;
  readonly effectiveDate?: string;
  readonly clear?: readonly string[];
}

/** $1 organization · $2 contractor · $3 day */
const NOW = `
  select c.start_date, r.id as rate_id, r.effective_date, r.rate_type, r.rate::text, r.currency
  from contractor c
  left join lateral (select * from rate_adjustment r where r.org_id = $1 and r.contractor_id = c.id and r.effective_date <= greatest($3, c.start_date)
    order by r.effective_date desc limit 1) r on true
  where c.org_id = $1 and c.id = $2`;

interface Now {
  readonly start_date: string;
  readonly rate_id: string | null;
  readonly effective_date: string | null;
  readonly rate_type: string | null;
  readonly rate: string | null;
  readonly currency: string | null;
}

/** Contractors in a scenario, and what they charge. */
@Injectable()
export class ContractorChanges {
  add(input: NewContractor): Step {
    return async (draft) => {
      const { teamId, ...ids } = await references(draft, input);
      const id = draft.create('contractor', { ...columnsOf(input, PLAIN), ...columnsOf(ids, Object.keys(REFERENCES)) });
      draft.create('rate_adjustment', {
        contractor_id: id,
        effective_date: input.startDate,
        ...columnsOf(input, ['rateType', 'rate', 'currency']),
      });
      if (teamId)
        draft.create('allocation', {
          contractor_id: id,
          target_team_id: teamId,
          fte: 1,
          start_date: input.startDate,
          end_date: input.endDate,
          is_primary: true,
        });
      return { type: 'contractor', id, name: input.name };
    };
  }

  update(input: ContractorUpdate): Step {
    return async (draft) => {
      const { contractorId = '', teamId, ...ids } = await references(draft, input);
      const [now] = await draft.ctx.db.query<[Now]>(NOW, [draft.ctx.orgId, contractorId, input.effectiveDate ?? draft.today]);
      const wanted = input.effectiveDate ?? draft.today;
      const day = wanted > now.start_date ? wanted : now.start_date;
      draft.update('contractor', contractorId, {
        ...columnsOf(input, PLAIN),
        ...columnsOf(ids, Object.keys(REFERENCES)),
        ...cleared(input.clear),
      });
      if (input.endDate !== undefined) {
        draft.removes = true;
        await endAllocations(draft, 'contractor_id', [contractorId], input.endDate);
      }
      this.changeRate(draft, contractorId, day, now, input);
      if (teamId) {
        await endAllocations(draft, 'contractor_id', [contractorId], dayBefore(day));
        draft.create('allocation', {
          contractor_id: contractorId,
          target_team_id: teamId,
          fte: 1,
          start_date: day,
          end_date: input.endDate,
          is_primary: true,
        });
      }
      return { type: 'contractor', id: contractorId };
    };
  }

  remove(given: string): Step {
    return async (draft) => {
      const { contractorId = '' } = await references(draft, { contractorId: given });
      await deleteAllocations(draft, 'contractor_id', [contractorId]);
      await deleteOwned(draft, 'rate_adjustment', 'contractor_id', [contractorId]);
      draft.delete('contractor', contractorId);
      return { type: 'contractor', id: contractorId };
    };
  }

  private changeRate(draft: Draft, id: string, day: string, now: Now, { rate, rateType, currency }: ContractorFields): void {
    if (rate === undefined && rateType === undefined && currency === undefined) return;
    const row = { rate_type: rateType ?? now.rate_type, rate: rate ?? now.rate, currency: currency ?? now.currency };
    if (now.rate_id !== null && now.effective_date === day) draft.update('rate_adjustment', now.rate_id, row);
    else draft.create('rate_adjustment', { contractor_id: id, effective_date: day, ...row });
  }
}

function references({ ctx }: Draft, input: ContractorFields & { contractorId?: string }): Promise<Record<string, string>> {
  return resolveReferences(ctx, [
    { kind: 'con', field: 'contractorId', given: input.contractorId },
    { kind: 'team', field: 'teamId', given: input.teamId },
    ...Object.entries(REFERENCES).map(([field, kind]) => ({ kind, field, given: input[field as keyof typeof REFERENCES] })),
  ]);
}
