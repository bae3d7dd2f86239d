import { Count, Currency, DateOnly, Flag, Id, type IdName, ListOf, OPTIONAL, PageOutput, Ref, TEXT, Words } from '../fields';

class Geography {
  @Id('geo') id: string;
  @Words() name: string;
  @Words('ISO 3166 code.') country: string;
  @Words(undefined, OPTIONAL) region?: string;
  @Currency() currency: string;
  @Words() timeZone: string;
  @Words('Of the salaries of vacancies.') costMultiplier: string;
  @Flag('Present where false.', OPTIONAL) active?: boolean;
}

export class GeographyPage extends PageOutput {
  @ListOf(() => Geography) items: Geography[];
}

class JobRole {
  @Id('role') id: string;
  @Words() name: string;
  @Count('People employed in it today.', OPTIONAL) holders?: number;
  @Count('Open and on hold.', OPTIONAL) vacancies?: number;
  @Flag('Present where false.', OPTIONAL) active?: boolean;
}

export class JobRolePage extends PageOutput {
  @ListOf(() => JobRole) items: JobRole[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}

class CodeRow {
  @Words(undefined, OPTIONAL) id?: string;
  @Words() name: string;
  @Flag('Present where false.', OPTIONAL) active?: boolean;
  @Words('ISO 3166 code.', OPTIONAL) country?: string;
  @Words(undefined, OPTIONAL) region?: string;
  @Currency(undefined, OPTIONAL) currency?: string;
  @Words(undefined, OPTIONAL) timeZone?: string;
  @Words('Of the salaries of vacancies.', OPTIONAL) costMultiplier?: string;
  @Words('A fraction of base pay.', OPTIONAL) overhead?: string;
  @Count('People employed in it today.', OPTIONAL) holders?: number;
  @Count('Open and on hold.', OPTIONAL) vacancies?: number;
  @Words('One of the first currency in the second.', OPTIONAL) rate?: string;
  @DateOnly(undefined, OPTIONAL) effectiveFrom?: string;
  @DateOnly(undefined, OPTIONAL) day?: string;
  @Ref(undefined, OPTIONAL) geography?: IdName;
}

export class CodePage extends PageOutput {
  @Words() kind: string;
  @ListOf(() => CodeRow) items: CodeRow[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}
