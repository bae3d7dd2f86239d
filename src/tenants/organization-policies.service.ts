import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit';
import { Database } from '../database';
import { ORGANIZATION_SETTING_NAMES, ORGANIZATION_SETTINGS, type OrganizationSetting, writeSetting } from './organization-settings';

/** Whoever sets them, at a page; whether they may is for the caller to ask. */
export interface PolicyMaker {
  readonly orgId: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly requestId: string;
  readonly ip: string;
}

export type Policies = Readonly<Record<OrganizationSetting, string>>;

const COLUMNS = ORGANIZATION_SETTING_NAMES.map((name) => `${ORGANIZATION_SETTINGS[name].column} as "${name}"`).join(', ');
const READ = `select ${COLUMNS} from organization where id = $1`;

/** What an organization has decided for all of its people and programs. */
@Injectable()
export class OrganizationPolicies {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
  ) {}

  read({ orgId, tenantId }: Pick<PolicyMaker, 'orgId' | 'tenantId'>): Promise<Policies> {
    return this.database.app({ orgId, tenantId }, async (db) => (await db.query<[Policies]>(READ, [orgId]))[0]);
  }

  /** In force with the next call. What is as it was before is no change, and no event. */
  async set({ orgId, tenantId, userId, requestId, ip }: PolicyMaker, wanted: Policies): Promise<void> {
    await this.database.app({ orgId, tenantId }, async (db) => {
      const [now] = await db.query<[Policies]>(`${READ} for update`, [orgId]);
      for (const setting of ORGANIZATION_SETTING_NAMES.filter((name) => now[name] !== wanted[name])) {
        const value = wanted[setting];
        await writeSetting(db, orgId, setting, value);
        const details = { setting, value };
        await this.audit.recordIn(db, { kind: 'organization.changed', outcome: 'ok', orgId, tenantId, userId, requestId, ip, details });
      }
    });
  }
}
