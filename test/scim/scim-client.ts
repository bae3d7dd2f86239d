import { ScimConnections } from '../../src/scim';
import type { TestApp } from '../support/app';
import type { TestTenant } from '../support/people';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are read loosely, as a directory reads JSON
type Data = Record<string, any>;

export interface Answer {
  status: number;
  headers: Headers;
  data: Data;
}

export const SCHEMA = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  employment: 'urn:ietf:params:scim:schemas:extension:flowstate:2.0:User',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
};

/** A directory with its token, over HTTP. */
export class ScimClient {
  constructor(
    private readonly base: string,
    private readonly token: string | undefined,
  ) {}

  static async connect(app: TestApp, tenant: TestTenant, teams: 'groups' | 'department' = 'groups'): Promise<ScimClient & { id: string }> {
    const organization = { id: tenant.orgId, tenantId: tenant.id, name: tenant.orgName };
    const { id, token } = await app.app.get(ScimConnections).create({ organization, name: 'Directory', country: 'DE', teams });
    return Object.assign(new ScimClient(`${app.origin(tenant.slug)}/scim/v2`, token), { id });
  }

  at(base: string): ScimClient {
    return new ScimClient(`${base}/scim/v2`, this.token);
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, data: text === '' ? {} : (JSON.parse(text) as Data) };
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.call('GET', path, undefined, headers);
  }

  find(type: 'Users' | 'Groups', filter: string, more = ''): Promise<Answer> {
    return this.get(`/${type}?filter=${encodeURIComponent(filter)}${more}`);
  }

  patch(path: string, ...operations: object[]): Promise<Answer> {
    return this.call('PATCH', path, { schemas: [SCHEMA.patch], Operations: operations });
  }

  async user(userName: string, more: object = {}): Promise<Data> {
    const name = { givenName: 'Ada', familyName: userName.split('@')[0] };
    const { status, data } = await this.call('POST', '/Users', { schemas: [SCHEMA.user], userName, name, ...more });
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(data)}`);
    return data;
  }
}
