import type { EntityManager } from 'typeorm';

/** The policies of an organization, by the name that commands use: the column and what it may be. */
export const ORGANIZATION_SETTINGS = {
  'write-mode': { column: 'write_mode', values: ['direct', 'confirm_destructive', 'off'] },
  'over-allocation': { column: 'over_allocation', values: ['warn', 'block'] },
} as const;

type Declared = typeof ORGANIZATION_SETTINGS;

export type OrganizationSetting = keyof Declared;
export type SettingValue<S extends OrganizationSetting> = Declared[S]['values'][number];

export const ORGANIZATION_SETTING_NAMES = Object.keys(ORGANIZATION_SETTINGS) as OrganizationSetting[];

export function isOrganizationSetting(name: string): name is OrganizationSetting {
  return Object.hasOwn(ORGANIZATION_SETTINGS, name);
}

/** In force with the next call. The caller has checked the value. */
export function writeSetting(db: EntityManager, orgId: string, name: OrganizationSetting, value: string): Promise<unknown> {
  return db.query(`update organization set ${ORGANIZATION_SETTINGS[name].column} = $2 where id = $1`, [orgId, value]);
}

export function isValueOf(name: OrganizationSetting, value: string): boolean {
  return (ORGANIZATION_SETTINGS[name].values as readonly string[]).includes(value);
}
