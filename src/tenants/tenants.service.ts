import { Injectable } from '@nestjs/common';
import { Database, newId } from '../database';
import type { Feature, Plan } from './plans';
import { required, TenancyError } from './tenancy-error';

/** A customer: one subdomain, one plan, one set of toggles. */
export interface Tenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/** One DNS label (RFC 1035 §2.3.1), because it becomes a host name. */
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const INSERT = 'insert into platform.tenant (id, slug, name, plan) values ($1, $2, $3, $4) on conflict (slug) do nothing returning id';

@Injectable()
export class TenantsService {
  constructor(private readonly database: Database) {}

  /** MCP is off until its toggle is flipped. */
  async create(slug: string, name: string, plan: Plan): Promise<Tenant> {
    if (!SLUG.test(slug))
      throw new TenancyError(`"${slug}" cannot be a subdomain: use lower-case letters, digits and inner hyphens, at most 63.`);
    if (name.trim() === '') throw new TenancyError('A tenant needs a name.');
    const tenant = { id: newId('tnt'), slug, name: name.trim() };
    const rows = await this.database.app({}, (db) => db.query<{ id: string }[]>(INSERT, [tenant.id, slug, tenant.name, plan]));
    required(rows[0], `There is a tenant "${slug}" already.`);
    return tenant;
  }

  async find(slug: string): Promise<Tenant> {
    const [row] = await this.database.app({}, (db) =>
      db.query<Tenant[]>('select id, slug, name from platform.tenant where slug = $1', [slug]),
    );
    return required(row, `There is no tenant "${slug}".`);
  }

  /** In force with the next request on every replica, as are the toggles and the status. */
  setPlan({ id }: Tenant, plan: Plan): Promise<void> {
    return this.change('plan = $2', [id, plan]);
  }

  setFeature({ id }: Tenant, feature: Feature, on: boolean): Promise<void> {
    return this.change('features = features || jsonb_build_object($2::text, $3::boolean)', [id, feature, on]);
  }

  /** A suspended tenant answers like one that does not exist. */
  setStatus({ id }: Tenant, status: 'active' | 'suspended'): Promise<void> {
    return this.change('status = $2', [id, status]);
  }

  private async change(assignment: string, parameters: unknown[]): Promise<void> {
    await this.database.app({}, (db) => db.query(`update platform.tenant set ${assignment} where id = $1`, parameters));
  }
}
