import { isPermission, Permission } from './permission';
import { permissionsOfRole } from './roles';
import { isNarrowingScope, ALWAYS_KEPT, NARROWING_SCOPES } from './scopes';

/**
 * What a connection may do: (role ∪ direct grants) ∩ what its scopes leave. Scopes never add a right.
 *
 * @param narrowed true where the grant is a narrowed one, even if these scopes name no area (an unknown one was dropped, or
 *   a refresh asked for less): then nothing but the reference data is left
 */
export function effectivePermissions(
  role: string,
  customPermissions: readonly string[] | null | undefined,
  directGrants: readonly string[] | null | undefined,
  scopes: readonly string[],
  narrowed = false,
): ReadonlySet<Permission> {
  const held = new Set<Permission>([...permissionsOfRole(role, customPermissions), ...(directGrants ?? []).filter(isPermission)]);
  const narrowing = scopes.filter(isNarrowingScope);
  if (!narrowed && narrowing.length === 0) return held;
  const kept = new Set<Permission>([...ALWAYS_KEPT, ...narrowing.flatMap((scope): readonly Permission[] => NARROWING_SCOPES[scope])]);
  return new Set([...held].filter((permission) => kept.has(permission)));
}
