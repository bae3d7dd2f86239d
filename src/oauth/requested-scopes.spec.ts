import * as fc from 'fast-check';
import { effectivePermissions, SUPPORTED_SCOPES } from '../permissions';
import { refreshedScopes, requestedScopes, withoutAreas } from './requested-scopes';

describe('requested scopes', () => {
  it('AUTHZ-8 are openid and profile when none are named', () => {
    expect(requestedScopes(undefined)).toEqual({ scopes: ['openid', 'profile'], narrowed: false });
  });

  it('AUTHZ-8 drop what is unknown, and are an error when nothing is left', () => {
    expect(requestedScopes('openid people.read nonsense').scopes).toEqual(['openid', 'people.read']);
    expect(() => requestedScopes('nonsense')).toThrow('invalid_scope');
    expect(() => requestedScopes('email')).toThrow('invalid_scope');
    expect(() => requestedScopes('openid  profile')).toThrow('invalid_scope');
    expect(() => requestedScopes('openid\tprofile')).toThrow('invalid_scope');
  });

  it('narrow the connection to nothing when the only narrowing scope is unknown', () => {
    expect(requestedScopes('openid profile salaries.read')).toEqual({ scopes: ['openid', 'profile'], narrowed: true });
  });

  it('are not narrowed by the identity claims that clients ask for by habit', () => {
    expect(requestedScopes('openid profile email offline_access')).toEqual({
      scopes: ['openid', 'profile', 'offline_access'],
      narrowed: false,
    });
  });

  it('lose the areas that the user leaves out, and never gain one', () => {
    const wide = withoutAreas(requestedScopes(undefined), ['costs.read']);
    expect(wide.scopes).toContain('people.read');
    expect(wide.scopes).not.toContain('costs.read');
    expect(withoutAreas(requestedScopes('openid people.read teams.read'), ['teams.read', 'bogus']).scopes).toEqual([
      'openid',
      'people.read',
    ]);
    expect(withoutAreas(requestedScopes('openid people.read'), ['people.read']).scopes).toEqual(['openid']);
  });

  it('lose both names of an area together', () => {
    expect(withoutAreas(requestedScopes('openid org-units.read teams.read projects.read'), ['teams.read']).scopes).toEqual([
      'openid',
      'projects.read',
    ]);
    expect(withoutAreas(requestedScopes('openid org-units.read projects.read'), ['projects.read']).scopes).toEqual([
      'openid',
      'org-units.read',
    ]);
  });
});

describe('scopes of a refresh', () => {
  it('RT-10 may be fewer, not others', () => {
    expect(refreshedScopes('openid', ['openid', 'profile'])).toEqual(['openid']);
    expect(() => refreshedScopes('openid mcp:use', ['openid'])).toThrow('invalid_scope');
  });

  it('RT-10 never give more rights than the grant', () => {
    fc.assert(
      fc.property(fc.subarray([...SUPPORTED_SCOPES], { minLength: 1 }), fc.infiniteStream(fc.boolean()), (granted, coins) => {
        const { narrowed } = requestedScopes(granted.join(' '));
        const scopes = refreshedScopes(granted.filter(() => coins.next().value).join(' '), granted);
        const all = effectivePermissions('owner', null, [], granted, narrowed);
        for (const right of effectivePermissions('owner', null, [], scopes, narrowed)) expect(all).toContain(right);
      }),
    );
  });
});
