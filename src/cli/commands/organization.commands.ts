import type { AuditEvent } from '../../audit';
import { SYSTEM_ROLES } from '../../permissions';
import { type Organization, ORGANIZATION_SETTINGS } from '../../tenants';
import type { Command } from '../command';

const ORGANIZATION = { name: 'organization', about: 'Its id (org_…), or tenant/name.' };
const EMAIL = { name: 'email', about: 'E-mail address of the account.' };
const ROLE = { name: 'role', about: `${SYSTEM_ROLES.join(', ')}, or a role of the organization.` };

function event(kind: AuditEvent['kind'], { id, tenantId }: Organization, more: Partial<AuditEvent> = {}): AuditEvent {
  return { kind, outcome: 'ok', tenantId, orgId: id, ...more };
}

export const ORGANIZATION_COMMANDS: readonly Command[] = [
  {
    name: 'organization create',
    summary: 'Create an organization of a tenant.',
    arguments: [
      { name: 'tenant', about: 'Subdomain of the tenant.' },
      { name: 'name', about: 'Name of the organization.' },
    ],
    options: {
      'time-zone': { value: 'zone', fallback: 'UTC', about: 'IANA time zone; decides what "today" is.' },
      currency: { value: 'code', fallback: 'EUR', about: 'ISO 4217 code that totals are reported in.' },
    },
    run: async (input, { tenants, organizations }, say) => {
      const tenant = await tenants.find(input.argument('tenant'));
      const organization = await organizations.create(tenant, input.argument('name'), input.option('time-zone'), input.option('currency'));
      say(`Created organization ${organization.name} (${organization.id}).`);
      return event('organization.created', organization);
    },
  },
  {
    name: 'organization set',
    summary: 'Set how scenarios may be changed over MCP, or what too much allocation does; in force with the next call.',
    arguments: [
      ORGANIZATION,
      { name: 'setting', about: Object.keys(ORGANIZATION_SETTINGS).join(', ') + '.' },
      {
        name: 'value',
        about: Object.entries(ORGANIZATION_SETTINGS)
          .map(([name, { values }]) => `Of ${name}: ${values.join(', ')}.`)
          .join(' '),
      },
    ],
    run: async (input, { organizations }, say) => {
      const organization = await organizations.find(input.argument('organization'));
      const [setting, value] = [input.argument('setting'), input.argument('value')];
      await organizations.set(organization, setting, value);
      say(`${setting} is ${value} for ${organization.name}.`);
      return event('organization.changed', organization, { details: { setting, value } });
    },
  },
  {
    name: 'role create',
    summary: 'Create a role of an organization.',
    arguments: [
      ORGANIZATION,
      { name: 'name', about: 'Lower-case name of the role.' },
      { name: 'permissions', about: 'Permissions, comma separated (docs/permissions.md).' },
    ],
    run: async (input, { organizations, roles }, say) => {
      const organization = await organizations.find(input.argument('organization'));
      const permissions = input
        .argument('permissions')
        .split(',')
        .map((one) => one.trim());
      await roles.create(organization.id, input.argument('name'), permissions);
      say(`Created role ${input.argument('name')} with ${permissions.join(', ')}.`);
      return event('role.changed', organization, { details: { role: input.argument('name'), permissions: permissions.join(' ') } });
    },
  },
  {
    name: 'member add',
    summary: 'Let an account into an organization.',
    arguments: [ORGANIZATION, EMAIL, ROLE],
    run: async (input, services, say) => {
      const organization = await services.organizations.find(input.argument('organization'));
      const user = await services.user(input.argument('email'));
      await services.memberships.add(organization.id, user.id, input.argument('role'));
      say(`${user.email} is ${input.argument('role')} of ${organization.name}.`);
      return event('member.changed', organization, { userId: user.id, details: { change: 'added', role: input.argument('role') } });
    },
  },
  {
    name: 'member set-role',
    summary: 'Change the role of a member, in force with the next request.',
    arguments: [ORGANIZATION, EMAIL, ROLE],
    run: async (input, services, say) => {
      const organization = await services.organizations.find(input.argument('organization'));
      const user = await services.user(input.argument('email'));
      await services.memberships.setRole(organization.id, user.id, input.argument('role'));
      say(`${user.email} is ${input.argument('role')} of ${organization.name}.`);
      return event('member.changed', organization, { userId: user.id, details: { change: 'role', role: input.argument('role') } });
    },
  },
  {
    name: 'member remove',
    summary: 'Take an account out of an organization; its connections end.',
    arguments: [ORGANIZATION, EMAIL],
    run: async (input, services, say) => {
      const organization = await services.organizations.find(input.argument('organization'));
      const user = await services.user(input.argument('email'));
      await services.memberships.remove(organization.id, user.id);
      say(`${user.email} is no longer a member of ${organization.name}.`);
      return event('member.changed', organization, { userId: user.id, details: { change: 'removed' } });
    },
  },
];
