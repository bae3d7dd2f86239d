import { Injectable } from '@nestjs/common';
import { Database, newId, Scope } from '../database';
import { isOrganizationSetting, isValueOf, ORGANIZATION_SETTING_NAMES, ORGANIZATION_SETTINGS, writeSetting } from './organization-settings';
import { required, TenancyError } from './tenancy-error';
import { Tenant, TenantsService } from './tenants.service';

/** The unit of data: a tenant has one or more. */
export interface Organization {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
}

const INSERT = `insert into platform.organization (id, tenant_id, name, time_zone, reporting_currency) values ($1, $2, $3, $4, $5)
  on conflict (tenant_id, name) do nothing returning id`;
const SELECT = 'select id, tenant_id as "tenantId", name from platform.organization';

@Injectable()
export class OrganizationsService {
  constructor(
    private readonly database: Database,
    private readonly tenants: TenantsService,
  ) {}

  /**
   * @param timeZone IANA name; decides what "today" is
   * @param currency ISO 4217 code that totals are reported in
   */
  async create(tenant: Tenant, name: string, timeZone: string, currency: string): Promise<Organization> {
    if (name.trim() === '') throw new TenancyError('An organization needs a name.');
    if (!isTimeZone(timeZone)) throw new TenancyError(`"${timeZone}" is not an IANA time zone; write it like Europe/Berlin.`);
    if (!/^[A-Z]{3}$/.test(currency)) throw new TenancyError(`"${currency}" is not a currency code; write it like EUR.`);
    const organization = { id: newId('org'), tenantId: tenant.id, name: name.trim() };
    const values = [organization.id, tenant.id, organization.name, timeZone, currency];
    const rows = await this.database.app({ tenantId: tenant.id }, (db) => db.query<{ id: string }[]>(INSERT, values));
    required(rows[0], `Tenant "${tenant.slug}" has an organization "${organization.name}" already.`);
    return organization;
  }

  /** @param reference `org_…`, or `tenant/name` */
  async find(reference: string): Promise<Organization> {
    const slash = reference.indexOf('/');
    if (slash < 0) return this.one({ orgId: reference }, 'id', reference, reference);
    const tenant = await this.tenants.find(reference.slice(0, slash));
    return this.one({ tenantId: tenant.id }, 'name', reference.slice(slash + 1), reference);
  }

  /** In force with the next call. */
  async set({ id, tenantId }: Organization, name: string, value: string): Promise<void> {
    if (!isOrganizationSetting(name))
      throw new TenancyError(`There is no setting "${name}"; the settings are ${ORGANIZATION_SETTING_NAMES.join(', ')}.`);
    const { values } = ORGANIZATION_SETTINGS[name];
    if (!isValueOf(name, value)) throw new TenancyError(`${name} is one of ${values.join(', ')}, not "${value}".`);
    await this.database.app({ tenantId, orgId: id }, (db) => writeSetting(db, id, name, value));
  }

  private async one(scope: Scope, column: 'id' | 'name', value: string, reference: string): Promise<Organization> {
    const [row] = await this.database.app(scope, (db) => db.query<Organization[]>(`${SELECT} where ${column} = $1`, [value]));
    return required(row, `There is no organization "${reference}"; write its id (org_…) or tenant/name.`);
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
