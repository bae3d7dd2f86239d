import { FEATURES, isFeature, isPlan, PLANS, TenancyError } from '../../tenants';
import type { Command } from '../command';

const TENANT = { name: 'tenant', about: 'Subdomain of the tenant.' };
const PLAN_LIST = PLANS.join(', ');

function planOf(name: string): (typeof PLANS)[number] {
  if (!isPlan(name)) throw new TenancyError(`There is no plan "${name}"; the plans are ${PLAN_LIST}.`);
  return name;
}

function statusCommand(verb: 'suspend' | 'resume', summary: string): Command {
  const status = verb === 'suspend' ? 'suspended' : 'active';
  return {
    name: `tenant ${verb}`,
    summary,
    arguments: [TENANT],
    run: async (input, { tenants }, say) => {
      const tenant = await tenants.find(input.argument('tenant'));
      await tenants.setStatus(tenant, status);
      say(`Tenant ${tenant.slug} is ${status}.`);
      return { kind: 'tenant.changed', outcome: 'ok', tenantId: tenant.id, details: { status } };
    },
  };
}

export const TENANT_COMMANDS: readonly Command[] = [
  {
    name: 'tenant create',
    summary: 'Create a tenant; MCP is off until it is toggled on.',
    arguments: [
      { name: 'subdomain', about: 'One DNS label: lower-case letters, digits, inner hyphens.' },
      { name: 'name', about: 'Name of the customer.' },
    ],
    options: { plan: { value: 'plan', fallback: 'business', about: `One of ${PLAN_LIST}.` } },
    run: async (input, { tenants, config }, say) => {
      const plan = planOf(input.option('plan'));
      const tenant = await tenants.create(input.argument('subdomain'), input.argument('name'), plan);
      say(`Created tenant ${tenant.slug} (${tenant.id}) on plan ${plan} at ${config.origin(tenant.slug)}.`);
      return { kind: 'tenant.created', outcome: 'ok', tenantId: tenant.id, details: { plan } };
    },
  },
  statusCommand('suspend', 'Make a tenant answer as if it did not exist; nothing is deleted.'),
  statusCommand('resume', 'Take a suspension back.'),
  {
    name: 'plan',
    summary: 'Set the plan of a tenant.',
    arguments: [TENANT, { name: 'plan', about: `One of ${PLAN_LIST}.` }],
    run: async (input, { tenants }, say) => {
      const plan = planOf(input.argument('plan'));
      const tenant = await tenants.find(input.argument('tenant'));
      await tenants.setPlan(tenant, plan);
      say(`Tenant ${tenant.slug} is on plan ${plan}.`);
      return { kind: 'tenant.changed', outcome: 'ok', tenantId: tenant.id, details: { plan } };
    },
  },
  {
    name: 'toggle',
    summary: 'Switch a feature of a tenant on or off, in force with the next request.',
    arguments: [TENANT, { name: 'feature', about: `One of ${FEATURES.join(', ')}.` }, { name: 'state', about: 'on or off.' }],
    run: async (input, { tenants }, say) => {
      const feature = input.argument('feature');
      const state = input.argument('state');
      if (!isFeature(feature)) throw new TenancyError(`There is no feature "${feature}"; the features are ${FEATURES.join(', ')}.`);
      if (state !== 'on' && state !== 'off') throw new TenancyError(`A feature is on or off, not "${state}".`);
      const tenant = await tenants.find(input.argument('tenant'));
      await tenants.setFeature(tenant, feature, state === 'on');
      say(`${feature} is ${state} for tenant ${tenant.slug}.`);
      return { kind: 'tenant.changed', outcome: 'ok', tenantId: tenant.id, details: { feature, state } };
    },
  },
];
