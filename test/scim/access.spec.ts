import { ScimConnections } from '../../src/scim';
import { startApp, TEST_SECRET, type TestApp } from '../support/app';
import { createOrganization, createTenant, type TestTenant } from '../support/people';
import { runCli } from '../cli/run-cli';
import { ScimClient } from './scim-client';

let app: TestApp;
let tenant: TestTenant;
let directory: ScimClient & { id: string };
beforeAll(async () => {
  app = await startApp({ SCIM_RATE_LIMIT_PER_MINUTE: '20' });
});
afterAll(() => app.close());
beforeEach(async () => {
  tenant = await createTenant(app.db);
  directory = await ScimClient.connect(app, tenant);
});

const PROBLEM = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401', detail: expect.any(String) };

describe('a connection of a directory', () => {
  it('opens with its token alone, on the host of its tenant alone', async () => {
    expect((await directory.get('/Users')).status).toBe(200);
    const other = await createTenant(app.db);
    for (const client of [
      new ScimClient(`${app.origin(tenant.slug)}/scim/v2`, undefined),
      new ScimClient(`${app.origin(tenant.slug)}/scim/v2`, 'scim_' + 'a'.repeat(43)),
      new ScimClient(`${app.origin(tenant.slug)}/scim/v2`, 'nonsense'),
      directory.at(app.origin(other.slug)),
    ]) {
      for (const path of ['/Users', '/Groups/team_x', '/ServiceProviderConfig', '/Nothing']) {
        const { status, data, headers } = await client.get(path);
        expect({ status, data, challenge: headers.get('www-authenticate') }).toEqual({ status: 401, data: PROBLEM, challenge: 'Bearer' });
      }
    }
    expect((await directory.at(app.origin()).get('/Users')).status).toBe(404);
  });

  it('is one organization’s: nobody of another is seen, found or changed', async () => {
    const orgId = `${tenant.orgId}b`;
    await createOrganization(app.db, tenant.id, orgId, 'Second');
    const second = await ScimClient.connect(app, { ...tenant, orgId });
    const { id } = await directory.user('a@example.test');
    expect((await second.get('/Users')).data['totalResults']).toBe(0);
    for (const filter of ['userName eq "a@example.test"', `id eq "${id}"`])
      expect((await second.find('Users', filter)).data['totalResults']).toBe(0);
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect((await second.call(method, `/Users/${id}`, method === 'PUT' ? {} : undefined)).status).toBe(404);
    const manager = await second.call('POST', '/Users', { userName: 'b', name: { givenName: 'B', familyName: 'B' }, manager: id });
    expect(manager.data).toMatchObject({ status: '400', scimType: 'invalidValue' });
    expect((await second.user('a@example.test'))['id']).not.toBe(id);
  });

  it('ends at once when it is revoked, and its token is nowhere to be read', async () => {
    const connections = app.app.get(ScimConnections);
    const organization = { id: tenant.orgId, tenantId: tenant.id, name: tenant.orgName };
    const { id, token } = await connections.create({ organization, name: 'Okta', country: 'US', teams: 'groups' });
    const client = new ScimClient(`${app.origin(tenant.slug)}/scim/v2`, token);
    expect((await client.get('/Users')).status).toBe(200);
    const [row] = await app.db.admin<Record<string, unknown>>(
      'select row_to_json(c)::text as kept from platform.scim_connection c where id = $1',
      [id],
    );
    expect(row?.['kept']).not.toContain(token.slice(5));
    expect(await connections.revoke(organization, id)).toBe(true);
    expect((await client.get('/Users')).status).toBe(401);
    expect(await connections.revoke(organization, id)).toBe(false);
    expect((await connections.list(tenant.id, [tenant.orgId])).map(({ name, revokedAt }) => [name, revokedAt !== null])).toEqual([
      ['Okta', true],
      ['Directory', false],
    ]);
  });

  it('does not depend on MCP’s toggle or plan, but on the tenant’s being there', async () => {
    await app.db.admin(`update platform.tenant set features = '{}', plan = 'free' where id = $1`, [tenant.id]);
    expect((await directory.get('/Users')).status).toBe(200);
    await app.db.admin(`update platform.tenant set status = 'suspended' where id = $1`, [tenant.id]);
    expect((await directory.get('/Users')).status).toBe(404);
  });

  it('has a budget of requests a minute', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1) statuses.push((await directory.get('/ServiceProviderConfig')).status);
    expect(statuses).toEqual([...Array<number>(20).fill(200), 429]);
    const { data, headers } = await directory.get('/Users');
    expect(data).toMatchObject({ schemas: PROBLEM.schemas, status: '429' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(headers.get('x-ratelimit-remaining')).toBe('0');
  });

  it('has each of its requests in the audit trail, with ids and without what was sent', async () => {
    const { id } = await directory.user('secret.name@example.test');
    await directory.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Secret title' });
    await directory.find('Users', 'userName co "secret.name"');
    await new ScimClient(`${app.origin(tenant.slug)}/scim/v2`, 'wrong').get('/Users/secret.name@example.test');
    const events = await app.db.admin<Record<string, unknown>>(
      `select kind, outcome, org_id, client_id, client_name, http_status, error_code, details from platform.audit_event where tenant_id = $1 order by seq`,
      [tenant.id],
    );
    const by = { org_id: tenant.orgId, client_id: directory.id, client_name: 'Directory' };
    expect(events).toEqual([
      {
        kind: 'scim.request',
        outcome: 'ok',
        ...by,
        http_status: 201,
        error_code: null,
        details: { httpMethod: 'POST', resource: '/scim/v2/Users' },
      },
      {
        kind: 'scim.request',
        outcome: 'ok',
        ...by,
        http_status: 200,
        error_code: null,
        details: { httpMethod: 'PATCH', resource: '/scim/v2/Users/:id', id },
      },
      {
        kind: 'scim.request',
        outcome: 'refused',
        ...by,
        http_status: 400,
        error_code: 'invalidFilter',
        details: { httpMethod: 'GET', resource: '/scim/v2/Users' },
      },
      {
        ...{
          kind: 'auth.failure',
          outcome: 'refused',
          org_id: null,
          client_id: null,
          client_name: null,
          http_status: 401,
          error_code: 'http_401',
        },
        details: { httpMethod: 'GET', resource: '/scim/v2/Users/:id' },
      },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/secret/i);
  });

  it('is made, listed and revoked by an operator, who sees the token once', async () => {
    if (app.db.url === '') return; // an embedded database is the running product's alone
    const operator = (...words: string[]) =>
      runCli({ DATABASE_URL: app.db.url, APP_SECRET: TEST_SECRET, BASE_DOMAIN: `localhost:${app.port}` }, words);
    const made = await operator('scim', 'connect', tenant.orgId, 'Entra ID', '--country', 'DE');
    const [, token = ''] = /Token \(shown only now\): (scim_\S+)/.exec(made.out) ?? [];
    expect((await new ScimClient(`${app.origin(tenant.slug)}/scim/v2`, token).get('/Users')).status).toBe(200);
    const listed = await operator('scim', 'list', tenant.orgId);
    const [, id = ''] = /(scim_[a-z2-7]{12}) {2}Entra ID/.exec(listed.out) ?? [];
    expect(listed.out).not.toContain(token);
    expect((await operator('scim', 'revoke', tenant.orgId, id)).code).toBe(0);
    expect((await new ScimClient(`${app.origin(tenant.slug)}/scim/v2`, token).get('/Users')).status).toBe(401);
    expect(await operator('scim', 'revoke', tenant.orgId, id)).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no such connection'),
    });
    expect(await operator('scim', 'connect', tenant.orgId, 'X', '--country', 'Germany')).toMatchObject({ code: 1 });
    const kinds = await app.db.admin<{ kind: string }>(
      `select kind from platform.audit_event where org_id = $1 and kind like 'scim.%ed' order by seq`,
      [tenant.orgId],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['scim.connected', 'scim.revoked']);
  });
});
