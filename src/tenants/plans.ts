/** What a customer can subscribe to, the smallest first. */
export const PLANS = ['free', 'team', 'business', 'enterprise', 'agency'] as const;
export type Plan = (typeof PLANS)[number];

/** The plans that MCP is part of; elsewhere its routes are not there. */
export const MCP_PLANS: readonly Plan[] = ['business', 'enterprise', 'agency'];

/** Whether a tenant `t` offers MCP, in SQL: the gates of the protocol where no host name has passed them. */
export const MCP_IS_OPEN = `t.status = 'active' and t.plan in (${MCP_PLANS.map((plan) => `'${plan}'`).join(', ')})
  and (t.features ->> 'mcp_external_access')::boolean is true`;

/** What is switched per tenant, on top of its plan. */
export const FEATURES = ['mcp_external_access', 'mcp_writes', 'mcp_agents'] as const;
export type Feature = (typeof FEATURES)[number];

export function isPlan(name: string): name is Plan {
  return (PLANS as readonly string[]).includes(name);
}

export function isFeature(name: string): name is Feature {
  return (FEATURES as readonly string[]).includes(name);
}
