import { BASE, EMPLOYMENT, ENTERPRISE_USER, GROUP, USER } from './urns';

interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex' | 'reference' | 'dateTime' | 'decimal';
  readonly description: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readWrite' | 'readOnly';
  readonly returned: 'default' | 'always';
  readonly uniqueness: 'none' | 'server';
  readonly subAttributes?: readonly Attribute[];
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
}

function attribute(name: string, description: string, more: Partial<Attribute> = {}): Attribute {
  return {
    ...{ name, description, type: 'string', multiValued: false, required: false, caseExact: false },
    ...{ mutability: 'readWrite', returned: 'default', uniqueness: 'none' },
    ...more,
  };
}

const readOnly = { mutability: 'readOnly' } as const;
const reference = (name: string, ...referenceTypes: string[]): Attribute =>
  attribute(name, 'Where it is.', { type: 'reference', caseExact: true, referenceTypes, ...readOnly });
const primary = attribute('primary', 'Whether it is the one that counts.', { type: 'boolean', ...readOnly });
const work = attribute('type', 'What is kept is shown as that at work.', { canonicalValues: ['work'], ...readOnly });

const USER_ATTRIBUTES: readonly Attribute[] = [
  attribute('userName', 'Name of the account, usually an e-mail address; nobody else has it.', { required: true, uniqueness: 'server' }),
  attribute('name', 'Name of the person.', {
    type: 'complex',
    subAttributes: [
      attribute('givenName', 'Given names.'),
      attribute('familyName', 'Family name.'),
      attribute('formatted', 'The whole name.', readOnly),
    ],
  }),
  attribute('displayName', 'The whole name.', readOnly),
  attribute(
    'active',
    'False ends the employment today, or on its first day where that is to come; true again opens what was ended in the last 30 days.',
    { type: 'boolean' },
  ),
  attribute('title', 'Job role; made where it is new.'),
  attribute('userType', 'Kind of employment; made where it is new.'),
  attribute('emails', 'One address is kept: the primary one, else that at work or of no type.', {
    type: 'complex',
    multiValued: true,
    subAttributes: [attribute('value', 'The address.'), work, primary],
  }),
  attribute('addresses', 'One place is kept: the primary one, else that at work or of no type.', {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      attribute('locality', 'Geography; made where it is new.'),
      attribute('country', 'Two letters, of a new geography.', readOnly),
      work,
      primary,
    ],
  }),
  attribute('groups', 'The main team.', {
    type: 'complex',
    multiValued: true,
    ...readOnly,
    subAttributes: [
      attribute('value', 'Id of the Group.', { caseExact: true, ...readOnly }),
      reference('$ref', 'Group'),
      attribute('display', 'Its name.', readOnly),
      attribute('type', 'How the person belongs to it.', { canonicalValues: ['direct'], ...readOnly }),
    ],
  }),
];

const ENTERPRISE_ATTRIBUTES: readonly Attribute[] = [
  attribute('employeeNumber', 'By which other imports find the person again; nobody else has it.', {
    caseExact: true,
    uniqueness: 'server',
  }),
  attribute('costCenter', 'Code of the cost centre; made where it is new.'),
  attribute('department', 'The main team. Written only by a connection that takes departments for teams.'),
  attribute('manager', 'Line manager.', {
    type: 'complex',
    subAttributes: [
      attribute('value', 'Id of the User.', { caseExact: true }),
      reference('$ref', 'User'),
      attribute('displayName', 'Name.', readOnly),
    ],
  }),
];

const EMPLOYMENT_ATTRIBUTES: readonly Attribute[] = [
  attribute('startDate', 'First day, 2026-01-31; today where a new person has none.'),
  attribute('endDate', 'Last day.'),
  attribute('fte', 'Contracted share of full time, above 0 and at most 2.', { type: 'decimal' }),
];

const GROUP_ATTRIBUTES: readonly Attribute[] = [
  attribute('displayName', 'Name of the team; no other has it.', { required: true, uniqueness: 'server' }),
  attribute('members', 'People whose main team it is.', {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      attribute('value', 'Id of the User.', { caseExact: true }),
      reference('$ref', 'User'),
      attribute('display', 'Name.', readOnly),
      attribute('type', 'Always User.', { canonicalValues: ['User'], ...readOnly }),
    ],
  }),
];

const SCHEMAS = {
  [USER]: { name: 'User', description: 'A person.', attributes: USER_ATTRIBUTES },
  [ENTERPRISE_USER]: { name: 'EnterpriseUser', description: 'A person as an employee.', attributes: ENTERPRISE_ATTRIBUTES },
  [EMPLOYMENT]: { name: 'Employment', description: 'From when to when, and how much of full time.', attributes: EMPLOYMENT_ATTRIBUTES },
  [GROUP]: { name: 'Group', description: 'A team.', attributes: GROUP_ATTRIBUTES },
} as const;

type Document = Readonly<Record<string, unknown>> & { readonly id: string };

export function schemaDocuments(issuer: string): Document[] {
  return Object.entries(SCHEMAS).map(([id, schema]) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    ...schema,
    meta: { resourceType: 'Schema', location: `${issuer}${BASE}/Schemas/${id}` },
  }));
}

export function resourceTypeDocuments(issuer: string): Document[] {
  const extension = (schema: string): object => ({ schema, required: false });
  const types = [
    {
      id: 'User',
      endpoint: '/Users',
      description: 'A person',
      schema: USER,
      schemaExtensions: [ENTERPRISE_USER, EMPLOYMENT].map(extension),
    },
    { id: 'Group', endpoint: '/Groups', description: 'A team', schema: GROUP },
  ];
  return types.map((type) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    name: type.id,
    ...type,
    meta: { resourceType: 'ResourceType', location: `${issuer}${BASE}/ResourceTypes/${type.id}` },
  }));
}

export function serviceProviderConfig(issuer: string): Readonly<Record<string, unknown>> {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: 200 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A token that an administrator has made for the directory.',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${issuer}${BASE}/ServiceProviderConfig` },
  };
}
