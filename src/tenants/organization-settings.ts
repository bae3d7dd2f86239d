/** What an operator can set of an organization, by the name that commands use: the column and what it may be. */
export const ORGANIZATION_SETTINGS = {
  'write-mode': { column: 'write_mode', values: ['direct', 'confirm_destructive', 'off'] },
  'over-allocation': { column: 'over_allocation', values: ['warn', 'block'] },
} as const;

export type OrganizationSetting = keyof typeof ORGANIZATION_SETTINGS;

export function isOrganizationSetting(name: string): name is OrganizationSetting {
  return Object.hasOwn(ORGANIZATION_SETTINGS, name);
}
