import type { Permission } from '../permissions';
import type { Caller, TenantState } from './request-access';

/** How scenarios may be changed over MCP. */
export type WriteMode = 'off' | 'confirm_destructive' | 'direct';

/** What is switched on for a tenant; writes are, unless they were switched off. */
export function featuresOf({ features }: TenantState): string[] {
  return Object.entries({ mcp_writes: true, ...features }).flatMap(([feature, on]) => (on ? [feature] : []));
}

/** As the organization decided, where the tenant's feature leaves it anything to decide. */
export function writeModeOf(tenant: TenantState, decided: WriteMode): WriteMode {
  return featuresOf(tenant).includes('mcp_writes') ? decided : 'off';
}

/** What a connection may do: where writes are off, the right to write scenarios is none. */
export function usablePermissions({ permissions }: Pick<Caller, 'permissions'>, mode: WriteMode): Permission[] {
  return [...permissions].filter((permission) => permission !== 'scenarios.write' || mode !== 'off').sort();
}

/** Why nobody writes over MCP here, and who can change that. */
export function whyWritesAreOff(tenant: TenantState): string {
  return featuresOf(tenant).includes('mcp_writes')
    ? 'This organization lets AI clients read scenarios only; its owners and administrators can change that under Settings → Policies.'
    : 'AI clients may only read scenarios here: the feature mcp_writes is switched off, which only the support of Flowstate can change.';
}
