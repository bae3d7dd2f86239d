import { CULTURES, Culture } from './names';
import { ACME_PORTFOLIO, GLOBEX_PORTFOLIO, INITECH_PORTFOLIO, LABS_PORTFOLIO, PortfolioPlan } from './portfolio-plans';

export interface Place {
  name: string;
  country: string;
  region: string;
  timeZone: string;
  currency: string;
  /** Pay against the job catalogue's euros, in the place's own currency. */
  payFactor: number;
  weight: number;
}

/** A team. Its lead is hired with it; `people` members besides, drawn from `jobs`. */
export interface Unit {
  name: string;
  type: string;
  lead: string;
  jobs: readonly string[];
  people: number;
  children: readonly Unit[];
}

export interface OrganizationPlan {
  name: string;
  mailDomain: string;
  timeZone: string;
  currency: string;
  fiscalYearStartMonth: number;
  places: readonly Place[];
  cultures: readonly Culture[];
  tree: Unit;
  valueStreams: readonly string[];
  portfolio: PortfolioPlan;
}

export interface TenantPlan {
  slug: string;
  name: string;
  plan: string;
  organizations: readonly OrganizationPlan[];
  /** Role by the part of the address before the @. */
  users: Record<string, string>;
  mailDomain: string;
  /** Those who belong to all organizations; the others to the first only. */
  everywhere: readonly string[];
}

const berlin: Place = {
  name: 'Berlin',
  country: 'DE',
  region: 'EMEA',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  payFactor: 1,
  weight: 34,
};
const lisbon: Place = {
  name: 'Lisbon',
  country: 'PT',
  region: 'EMEA',
  timeZone: 'Europe/Lisbon',
  currency: 'EUR',
  payFactor: 0.72,
  weight: 18,
};
const london: Place = {
  name: 'London',
  country: 'GB',
  region: 'EMEA',
  timeZone: 'Europe/London',
  currency: 'GBP',
  payFactor: 0.98,
  weight: 22,
};
const newYork: Place = {
  name: 'New York',
  country: 'US',
  region: 'AMER',
  timeZone: 'America/New_York',
  currency: 'USD',
  payFactor: 1.55,
  weight: 16,
};
const austin: Place = {
  name: 'Austin',
  country: 'US',
  region: 'AMER',
  timeZone: 'America/Chicago',
  currency: 'USD',
  payFactor: 1.3,
  weight: 10,
};

const CODERS = [
  'Software Engineer',
  'Software Engineer',
  'Senior Software Engineer',
  'Senior Software Engineer',
  'Staff Engineer',
  'Product Designer',
  'Product Manager',
  'Intern',
];
const ANALYSTS = ['Data Analyst', 'Data Scientist', 'Software Engineer'];
const SELLERS = ['Account Executive', 'Account Executive', 'Senior Account Executive', 'Sales Engineer'];
const MARKETERS = ['Marketing Specialist', 'Marketing Manager', 'Intern'];
const HELPERS = ['Customer Support Specialist', 'Customer Support Specialist', 'Senior Support Specialist'];

const team = (name: string, people: number, jobs: readonly string[]): Unit => ({
  name,
  type: 'team',
  lead: 'Team Lead',
  jobs,
  people,
  children: [],
});
const group = (name: string, children: readonly Unit[]): Unit => ({ name, type: 'group', lead: 'Director', jobs: [], people: 0, children });
const department = (name: string, children: readonly Unit[]): Unit => ({
  name,
  type: 'department',
  lead: 'Vice President',
  jobs: [],
  people: 0,
  children,
});
const company = (name: string, children: readonly Unit[]): Unit => ({
  name,
  type: 'company',
  lead: 'Chief Executive Officer',
  jobs: [],
  people: 0,
  children,
});

const acme = company('Acme', [
  department('Engineering', [
    group('Platform', [
      team('Core Platform', 17, CODERS),
      team('Developer Experience', 13, CODERS),
      team('Reliability', 14, ['Site Reliability Engineer', 'Site Reliability Engineer', 'Senior Software Engineer']),
    ]),
    group('Product Engineering', [
      team('Checkout', 18, CODERS),
      team('Catalogue', 16, CODERS),
      team('Mobile', 17, CODERS),
      team('Payments', 16, CODERS),
    ]),
    group('Data', [team('Data Platform', 15, ANALYSTS), team('Insights', 14, ANALYSTS)]),
  ]),
  department('Commercial', [
    group('Sales', [team('Sales EMEA', 27, SELLERS), team('Sales Americas', 26, SELLERS), team('Partnerships', 11, SELLERS)]),
    group('Marketing', [team('Brand', 13, MARKETERS), team('Growth', 16, MARKETERS)]),
  ]),
  department('Operations', [
    group('Customer Care', [team('Support EMEA', 30, HELPERS), team('Support Americas', 28, HELPERS), team('Onboarding', 16, HELPERS)]),
    group('Supply', [team('Logistics', 24, ['Logistics Planner']), team('Purchasing', 14, ['Logistics Planner', 'Accountant'])]),
  ]),
  department('Finance & Legal', [team('Accounting', 16, ['Accountant', 'Financial Controller']), team('Legal', 7, ['Legal Counsel'])]),
  department('People & Culture', [team('Talent', 11, ['Recruiter', 'People Partner'])]),
]);

const labs = company('Acme Labs', [
  group('Research', [team('Applied Research', 14, ANALYSTS), team('Prototypes', 14, CODERS)]),
  group('Enablement', [team('Lab Operations', 9, ['Logistics Planner', 'Accountant', 'Recruiter'])]),
]);

const globex = company('Globex', [
  department('Technology', [
    group('Grid Software', [team('Dispatch', 16, CODERS), team('Metering', 15, CODERS)]),
    team('Field Data', 13, ANALYSTS),
  ]),
  department('Markets', [team('Trading Desk', 22, SELLERS), team('Customer Desk', 26, HELPERS), team('Communications', 9, MARKETERS)]),
  department('Corporate', [
    team('Treasury', 13, ['Accountant', 'Financial Controller']),
    team('Workplace', 15, ['Recruiter', 'People Partner', 'Legal Counsel']),
  ]),
]);

const initech = company('Initech', [team('Product', 9, CODERS), team('Office', 6, ['Accountant', 'Recruiter', 'Account Executive'])]);

const ROLES = { owner: 'owner', admin: 'admin', finance: 'finance', manager: 'manager', member: 'member', viewer: 'viewer' };

export const TENANTS: readonly TenantPlan[] = [
  {
    slug: 'acme',
    name: 'Acme',
    plan: 'business',
    mailDomain: 'acme.example',
    users: ROLES,
    everywhere: ['owner', 'finance'],
    organizations: [
      {
        name: 'Acme',
        mailDomain: 'acme.example',
        timeZone: 'Europe/Berlin',
        currency: 'EUR',
        fiscalYearStartMonth: 4,
        places: [berlin, lisbon, london, newYork, austin],
        cultures: CULTURES.west,
        tree: acme,
        valueStreams: ['Buying', 'Selling', 'Delivery', 'Insight', 'Trust'],
        portfolio: ACME_PORTFOLIO,
      },
      {
        name: 'Acme Labs',
        mailDomain: 'labs.acme.example',
        timeZone: 'Europe/London',
        currency: 'GBP',
        fiscalYearStartMonth: 1,
        places: [london, newYork],
        cultures: CULTURES.west,
        tree: labs,
        valueStreams: ['Discovery'],
        portfolio: LABS_PORTFOLIO,
      },
    ],
  },
  {
    slug: 'globex',
    name: 'Globex',
    plan: 'enterprise',
    mailDomain: 'globex.example',
    users: { admin: 'admin' },
    everywhere: [],
    organizations: [
      {
        name: 'Globex',
        mailDomain: 'globex.example',
        timeZone: 'America/New_York',
        currency: 'USD',
        fiscalYearStartMonth: 1,
        places: [newYork, austin, london, berlin],
        cultures: CULTURES.north,
        tree: globex,
        valueStreams: ['Supply', 'Balance', 'Billing'],
        portfolio: GLOBEX_PORTFOLIO,
      },
    ],
  },
  {
    slug: 'initech',
    name: 'Initech',
    plan: 'free',
    mailDomain: 'initech.example',
    users: { admin: 'admin' },
    everywhere: [],
    organizations: [
      {
        name: 'Initech',
        mailDomain: 'initech.example',
        timeZone: 'America/Chicago',
        currency: 'USD',
        fiscalYearStartMonth: 1,
        places: [austin],
        cultures: CULTURES.south,
        tree: initech,
        valueStreams: ['Product'],
        portfolio: INITECH_PORTFOLIO,
      },
    ],
  },
];

/** One person of the first organization is paid in a currency that no exchange rate is known for (FX_MISSING). */
export const UNRATED: Place = {
  name: 'Zürich',
  country: 'CH',
  region: 'EMEA',
  timeZone: 'Europe/Zurich',
  currency: 'CHF',
  payFactor: 1.5,
  weight: 0,
};
