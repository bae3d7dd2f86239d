import { Count, Currency, DateOnly, Fte, Id, Money, OneOf, OPTIONAL, ScenarioWrite, SomeOf, Text } from '../fields';

export class AddVacancy extends ScenarioWrite {
  @Text('Title.') role: string;
  @DateOnly('Planned first day.') targetStartDate: string;
  @Fte('Default 1.', OPTIONAL) fte = 1;
  @Count('How many alike; default 1.', { ...OPTIONAL, most: 50 }) count = 1;
  @Id('team', 'Team.', OPTIONAL) teamId?: string;
  @Id('role', 'Job role.', OPTIONAL) jobRoleId?: string;
  @Id('wt', 'Work type.', OPTIONAL) workTypeId?: string;
  @Id('geo', 'Geography.', OPTIONAL) geographyId?: string;
  @Id('emp', 'Hiring manager.', OPTIONAL) hiringManagerId?: string;
  @Money('Per year; with salaryMax and currency.', OPTIONAL) salaryMin?: string;
  @Money('Per year.', OPTIONAL) salaryMax?: string;
  @Currency('Of the salary.', OPTIONAL) currency?: string;
}

const VACANCY_CLEARABLE = ['jobRoleId', 'workTypeId', 'geographyId', 'hiringManagerId', 'salaryMin', 'salaryMax', 'currency'] as const;
const STATUSES = ['open', 'on_hold', 'cancelled'] as const;

export class UpdateVacancy extends ScenarioWrite {
  @Id('vac', 'Which.') vacancyId: string;
  @Text('Title.', OPTIONAL) role?: string;
  @OneOf(STATUSES, 'Status.', OPTIONAL) status?: (typeof STATUSES)[number];
  @DateOnly('Planned first day.', OPTIONAL) targetStartDate?: string;
  @Fte('FTE.', OPTIONAL) fte?: number;
  @Id('team', 'Team.', OPTIONAL) teamId?: string;
  @Id('role', 'Job role.', OPTIONAL) jobRoleId?: string;
  @Id('wt', 'Work type.', OPTIONAL) workTypeId?: string;
  @Id('geo', 'Geography.', OPTIONAL) geographyId?: string;
  @Id('emp', 'Hiring manager.', OPTIONAL) hiringManagerId?: string;
  @Money('Per year.', OPTIONAL) salaryMin?: string;
  @Money('Per year.', OPTIONAL) salaryMax?: string;
  @Currency('Of the salary.', OPTIONAL) currency?: string;
  @SomeOf(VACANCY_CLEARABLE, 'Fields to empty.', { ...OPTIONAL, most: VACANCY_CLEARABLE.length }) clear?: string[];
}

export class FillVacancy extends ScenarioWrite {
  @Id('vac', 'Which.') vacancyId: string;
  @DateOnly('First day.') startDate: string;
  @Id('emp', 'Who moves into it.', OPTIONAL) employeeId?: string;
  @Id('con', 'Or which contractor.', OPTIONAL) contractorId?: string;
  @Text('Or who is hired: first name.', { ...OPTIONAL, max: 100 }) firstName?: string;
  @Text('Family name.', { ...OPTIONAL, max: 100 }) lastName?: string;
  @Text('E-mail address.', { ...OPTIONAL, max: 254 }) email?: string;
  @Money('Of a hire, per year at 1.0 FTE.', OPTIONAL) annualSalary?: string;
  @Money('Per year.', OPTIONAL) annualBonus?: string;
  @Currency("Default the geography's.", OPTIONAL) currency?: string;
}

export class DeleteVacancy extends ScenarioWrite {
  @Id('vac', 'Which.') vacancyId: string;
}

const TYPES = ['individual', 'company'] as const;
const RATES = ['hourly', 'daily', 'monthly'] as const;

export class AddContractor extends ScenarioWrite {
  @Text('Name.') name: string;
  @OneOf(TYPES, 'Kind.', OPTIONAL) contractorType?: (typeof TYPES)[number];
  @OneOf(RATES, 'Unit of the rate.') rateType: (typeof RATES)[number];
  @Money('Rate.') rate: string;
  @Currency('Of the rate.') currency: string;
  @Id('geo', 'Geography.') geographyId: string;
  @DateOnly('First day.') startDate: string;
  @DateOnly('Last day.', OPTIONAL) endDate?: string;
  @Id('team', 'Team.', OPTIONAL) teamId?: string;
  @Id('emp', 'Manager.', OPTIONAL) managerId?: string;
  @Id('role', 'Job role.', OPTIONAL) jobRoleId?: string;
  @Id('cc', 'Cost centre.', OPTIONAL) costCentreId?: string;
}

const CONTRACTOR_CLEARABLE = ['email', 'endDate', 'managerId', 'jobRoleId', 'costCentreId'] as const;

export class UpdateContractor extends ScenarioWrite {
  @Id('con', 'Which.') contractorId: string;
  @DateOnly('From when rate and team change; default today.', OPTIONAL) effectiveDate?: string;
  @Text('Name.', OPTIONAL) name?: string;
  @OneOf(RATES, 'Unit of the rate.', OPTIONAL) rateType?: (typeof RATES)[number];
  @Money('Rate.', OPTIONAL) rate?: string;
  @Currency('Of the rate.', OPTIONAL) currency?: string;
  @DateOnly('Last day; allocations end with it.', OPTIONAL) endDate?: string;
  @Id('geo', 'Geography.', OPTIONAL) geographyId?: string;
  @Id('team', 'Team.', OPTIONAL) teamId?: string;
  @Id('emp', 'Manager.', OPTIONAL) managerId?: string;
  @Id('role', 'Job role.', OPTIONAL) jobRoleId?: string;
  @Id('cc', 'Cost centre.', OPTIONAL) costCentreId?: string;
  @SomeOf(CONTRACTOR_CLEARABLE, 'Fields to empty.', { ...OPTIONAL, most: CONTRACTOR_CLEARABLE.length }) clear?: string[];
}

export class DeleteContractor extends ScenarioWrite {
  @Id('con', 'Which.') contractorId: string;
}
