import { Count, Currency, Fte, Id, ListOf, Moment, Nested, OneOf, OPTIONAL, PageOutput, TEXT, Words } from '../fields';
import { Member } from '../fields/parts';

class Tenant {
  @Words() id: string;
  @Words() slug: string;
  @Words() name: string;
  @Words() plan: string;
  @ListOf(TEXT, 'Switched on.') features: string[];
}

const WRITE_MODES = ['off', 'confirm_destructive', 'direct'] as const;
const OVER_ALLOCATION = ['warn', 'block'] as const;

class Settings {
  @Id('org') id: string;
  @Words() name: string;
  @Words('IANA name; decides which day is today.') timeZone: string;
  @Currency() reportingCurrency: string;
  @Count('1 = January.') fiscalYearStartMonth: number;
  @Fte() hoursPerDay: number;
  @Count('Figures of fewer people are suppressed for who may not see pay.') minGroupSize: number;
  @OneOf(OVER_ALLOCATION) overAllocation: (typeof OVER_ALLOCATION)[number];
  @OneOf(WRITE_MODES, 'How scenarios may be changed over MCP.') writeMode: (typeof WRITE_MODES)[number];
}

export class TenantSettings {
  @Nested(() => Tenant) tenant: Tenant;
  @Nested(() => Settings) organization: Settings;
}

const OUTCOMES = ['ok', 'refused', 'failed'] as const;

class ActivityRow {
  @Moment() at: string;
  @Words() kind: string;
  @OneOf(OUTCOMES) outcome: (typeof OUTCOMES)[number];
  @Nested(() => Member, undefined, OPTIONAL) user?: Member;
  @Words('What the program calls itself.', OPTIONAL) client?: string;
  @Words(undefined, OPTIONAL) tool?: string;
  @Words(undefined, OPTIONAL) errorCode?: string;
}

export class ActivityPage extends PageOutput {
  @ListOf(() => ActivityRow) items: ActivityRow[];
}
