import { Injectable } from '@nestjs/common';
import type { CallContext, WriteMode } from '../access';

/** What an organization's figures depend on. */
export interface OrganizationSettings {
  id: string;
  name: string;
  timeZone: string;
  reportingCurrency: string;
  /** 1 = January. */
  fiscalYearStartMonth: number;
  hoursPerDay: number;
  /** Smaller groups are suppressed for who may not see pay. */
  minGroupSize: number;
  overAllocation: 'warn' | 'block';
  /** Whether the organization lets scenarios be changed over MCP, and whether removals are asked about. */
  writeMode: WriteMode;
}

const READ = `
  select id, name, time_zone as "timeZone", reporting_currency as "reportingCurrency", fiscal_year_start_month as "fiscalYearStartMonth",
    hours_per_day::float8 as "hoursPerDay", min_group_size as "minGroupSize", over_allocation as "overAllocation", write_mode as "writeMode"
  from organization where id = $1`;

@Injectable()
export class OrganizationSettingsService {
  /** Needs settings.read, of which get_organization_context and get_my_access tell parts to everybody. */
  async read(ctx: CallContext): Promise<OrganizationSettings> {
    const [row] = await ctx.db.query<[OrganizationSettings]>(READ, [ctx.orgId]);
    return row;
  }
}
