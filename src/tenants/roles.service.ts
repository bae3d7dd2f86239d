import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { isPermission, isSystemRole, SYSTEM_ROLES } from '../permissions';
import { required, TenancyError } from './tenancy-error';

const INSERT = 'insert into platform.role (org_id, name, permissions) values ($1, $2, $3) on conflict do nothing returning name';

/** Roles that an organization makes beside the system's own. */
@Injectable()
export class RolesService {
  constructor(private readonly database: Database) {}

  async create(orgId: string, name: string, permissions: readonly string[]): Promise<void> {
    if (isSystemRole(name)) throw new TenancyError(`"${name}" is a system role and means the same in every organization.`);
    if (!/^[a-z][a-z0-9_-]{0,39}$/.test(name))
      throw new TenancyError('A role name begins with a letter and has lower-case letters, digits, _ and -, at most 40.');
    const unknown = permissions.filter((permission) => !isPermission(permission));
    if (unknown.length > 0) throw new TenancyError(`There is no permission ${unknown.join(', ')}; see docs/permissions.md.`);
    const rows = await this.database.app({ orgId }, (db) => db.query<{ name: string }[]>(INSERT, [orgId, name, permissions]));
    required(rows[0], `The organization has a role "${name}" already.`);
  }

  /** Refuses a role that this organization does not know. */
  async assertExists(orgId: string, name: string): Promise<void> {
    if (isSystemRole(name)) return;
    const [row] = await this.database.app({ orgId }, (db) =>
      db.query<{ name: string }[]>('select name from platform.role where name = $1', [name]),
    );
    required(row, `There is no role "${name}" in this organization; the system roles are ${SYSTEM_ROLES.join(', ')}.`);
  }
}
