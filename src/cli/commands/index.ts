import type { Command } from '../command';
import { IMPORT_COMMANDS } from './import.commands';
import { ORGANIZATION_COMMANDS } from './organization.commands';
import { SCIM_COMMANDS } from './scim.commands';
import { SYSTEM_COMMANDS } from './system.commands';
import { TENANT_COMMANDS } from './tenant.commands';
import { USER_COMMANDS } from './user.commands';

/** All commands, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  ...TENANT_COMMANDS,
  ...ORGANIZATION_COMMANDS,
  ...USER_COMMANDS,
  ...IMPORT_COMMANDS,
  ...SCIM_COMMANDS,
  ...SYSTEM_COMMANDS,
];
