import { Permission } from './permission';

/** Any of these lets a connection use MCP with all that its user may do. */
export const CONNECTION_SCOPES: readonly string[] = ['openid', 'profile', 'mcp:use'];

/** Asks for a refresh token, which every connection gets anyway; accepted because clients send it. */
const OFFLINE_SCOPE = 'offline_access';

/** What each narrowing scope leaves of the user's rights. A connection with one or more of them keeps their union. */
export const NARROWING_SCOPES = {
  'people.read': ['people.read', 'contractors.read', 'vacancies.read'],
  'org-units.read': ['teams.read'],
  'teams.read': ['teams.read'],
  'placements.read': ['allocations.read'],
  'projects.read': ['projects.read'],
  'costs.read': ['financials.read', 'compensation.read', 'budgets.read'],
  'org-metrics.read': ['analytics.read'],
  'effort.read': ['effort.read'],
  'ai-usage.read': ['ai_usage.read', 'ai_usage.person.read'],
  'scenarios.read': ['scenarios.read', 'scenarios.read_all'],
  'scenarios.write': [
    'scenarios.write',
    'people.write',
    'teams.write',
    'projects.write',
    'contractors.write',
    'vacancies.write',
    'allocations.write',
    'budgets.write',
    'ai_agents.write',
    'compensation.write',
  ],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

export type NarrowingScope = keyof typeof NARROWING_SCOPES;

/** In the order in which metadata lists them: the documented values first. */
export const SUPPORTED_SCOPES: readonly string[] = [...CONNECTION_SCOPES, OFFLINE_SCOPE, ...Object.keys(NARROWING_SCOPES)];

/**
 * Kept by the narrowest connection: the organization's name, currency and reference lists, without which no tool
 * can be called sensibly. They hold nothing about a person and no amount.
 */
export const ALWAYS_KEPT: readonly Permission[] = ['org.read'];

export function isNarrowingScope(scope: string): scope is NarrowingScope {
  return Object.hasOwn(NARROWING_SCOPES, scope);
}
