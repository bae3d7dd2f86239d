import * as fc from 'fast-check';
import { effectivePermissions, isPermission, NARROWING_SCOPES, permissionsOfRole, PERMISSIONS, SUPPORTED_SCOPES, SYSTEM_ROLES } from '.';

const WIDE = ['openid', 'profile', 'mcp:use'];

describe('roles', () => {
  it('give the owner everything and the admin neither money nor pay', () => {
    expect(permissionsOfRole('owner')).toHaveLength(PERMISSIONS.length);
    const admin = permissionsOfRole('admin');
    for (const hidden of ['financials.read', 'compensation.read', 'compensation.write', 'ai_usage.person.read'] as const)
      expect(admin).not.toContain(hidden);
  });

  it('grow from viewer to member to manager to finance', () => {
    const sets = ['viewer', 'member', 'manager', 'finance'].map((role) => permissionsOfRole(role));
    for (let at = 1; at < sets.length; at++) expect(sets[at]).toEqual(expect.arrayContaining([...sets[at - 1]!]));
  });

  it('let every system role connect an MCP client', () => {
    for (const role of SYSTEM_ROLES) expect(permissionsOfRole(role)).toContain('connections.authorize');
  });

  it('ignore a stored list under the name of a system role, and names that are no permission', () => {
    expect(permissionsOfRole('viewer', ['compensation.read'])).not.toContain('compensation.read');
    expect(permissionsOfRole('auditor', ['activity.read', 'root'])).toEqual(['activity.read']);
    expect(permissionsOfRole('constructor')).toEqual([]);
  });
});

describe('effective permissions', () => {
  it('are role and direct grants together for a connection that was not narrowed', () => {
    const rights = effectivePermissions('viewer', null, ['effort.read'], WIDE);
    expect(rights).toEqual(new Set([...permissionsOfRole('viewer'), 'effort.read']));
  });

  it('leave only reference data when the connection was narrowed to nothing', () => {
    expect([...effectivePermissions('owner', null, [], WIDE, true)]).toEqual(['org.read']);
  });

  it('keep the union of several narrowing scopes', () => {
    const rights = effectivePermissions('finance', null, [], ['openid', 'costs.read', 'teams.read']);
    expect(rights).toEqual(new Set(['org.read', 'teams.read', 'financials.read', 'compensation.read', 'budgets.read']));
  });

  it('are never more than without the scope, whatever the role, grants and scopes', () => {
    const scope = fc.oneof(fc.constantFrom(...SUPPORTED_SCOPES), fc.string());
    fc.assert(
      fc.property(
        fc.constantFrom(...SYSTEM_ROLES),
        fc.subarray([...PERMISSIONS]),
        fc.array(scope),
        scope,
        fc.boolean(),
        (role, direct, scopes, added, narrowed) => {
          const all = effectivePermissions(role, null, direct, [], false);
          const some = effectivePermissions(role, null, direct, [...scopes, added], narrowed);
          for (const right of some) expect(all).toContain(right);
        },
      ),
    );
  });

  it('name only permissions that exist', () => {
    expect(Object.values(NARROWING_SCOPES).flat().every(isPermission)).toBe(true);
  });
});
