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

export function isValueOf(name: OrganizationSetting, value: string): boolean {
  return (ORGANIZATION_SETTINGS[name].values as readonly string[]).includes(value);
}
