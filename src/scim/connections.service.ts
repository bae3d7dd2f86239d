import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { Database, newId } from '../database';
import { type Organization, TenancyError } from '../tenants';

/** What tells the team of a person: groups and their members, or the department of the person. */
export const SCIM_TEAMS = ['groups', 'department'] as const;

/** A directory's connection, as its requests need it. */
export interface ScimConnection {
  readonly id: string;
  readonly tenantId: string;
  readonly orgId: string;
  readonly name: string;
  readonly country: string;
  readonly teams: (typeof SCIM_TEAMS)[number];
}

/** A connection as its makers see it; the token is not among it. */
export interface ConnectionSummary {
  readonly id: string;
  readonly name: string;
  readonly orgId: string;
  readonly organization: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewConnection {
  readonly organization: Organization;
  readonly name: string;
  readonly country: string;
  readonly teams: string;
  /** The account that makes it; none: an operator. */
  readonly userId?: string;
}

const INSERT = `insert into platform.scim_connection (id, tenant_id, org_id, name, token_hash, country, teams, created_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8) returning (select slug from platform.tenant where id = $2)`;

/** Suspended tenants do not come this far: the gates answer for them. */
const FIND = `select id, tenant_id as "tenantId", org_id as "orgId", name, country, teams, last_used_at < clock_timestamp() - interval '5 minutes' or last_used_at is null as stale
  from platform.scim_connection where tenant_id = $1 and token_hash = $2 and revoked_at is null`;

const LIST = `select c.id, c.name, o.id as "orgId", o.name as organization, c.created_at as "createdAt", c.last_used_at as "lastUsedAt", c.revoked_at as "revokedAt"
  from platform.scim_connection c join platform.organization o on o.id = c.org_id
  where c.tenant_id = $1 and c.org_id = any($2::text[]) order by c.created_at desc limit 100`;

const REVOKE = `update platform.scim_connection set revoked_at = clock_timestamp() where tenant_id = $1 and org_id = $2 and id = $3 and revoked_at is null returning id`;

/** 32 random bytes: too many to guess, so that a plain hash keeps them. */
const TOKEN = /^scim_[A-Za-z0-9_-]{43}$/;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The tokens by which directories write people and teams of one organization. */
@Injectable()
export class ScimConnections {
  constructor(private readonly database: Database) {}

  /**
   * @returns the token, which is never shown again, and the subdomain on which it is good
   * @throws TenancyError
   */
  async create({ organization, name, country, teams, userId }: NewConnection): Promise<{ id: string; token: string; slug: string }> {
    if (name.trim() === '' || name.length > 100) throw new TenancyError('A connection needs a name of at most 100 characters.');
    if (!/^[A-Z]{2}$/.test(country)) throw new TenancyError(`"${country}" is not the code of a country; write it like DE.`);
    if (!SCIM_TEAMS.some((one) => one === teams)) throw new TenancyError(`Teams are told by ${SCIM_TEAMS.join(' or ')}.`);
    const token = `scim_${randomBytes(32).toString('base64url')}`;
    const id = newId('scim');
    const { id: orgId, tenantId } = organization;
    const values = [id, tenantId, orgId, name.trim(), hashOf(token), country, teams, userId ?? null];
    const [row] = await this.database.app({ tenantId, orgId }, (db) => db.query<{ slug: string }[]>(INSERT, values));
    return { id, token, slug: (row as { slug: string }).slug };
  }

  /** The connection that a token opens on this tenant's host. Read anew for each request, so that a revocation is in force at once. */
  async find(tenantId: string, token: string): Promise<ScimConnection | undefined> {
    if (!TOKEN.test(token)) return undefined;
    return this.database.app({ tenantId }, async (db) => {
      const [row] = await db.query<(ScimConnection & { stale: boolean })[]>(FIND, [tenantId, hashOf(token)]);
      if (row === undefined) return undefined;
      const { stale, ...connection } = row;
      if (stale) await db.query('update platform.scim_connection set last_used_at = clock_timestamp() where id = $1', [row.id]);
      return connection;
    });
  }

  list(tenantId: string, orgIds: readonly string[]): Promise<ConnectionSummary[]> {
    return this.database.app({ tenantId }, (db) => db.query<ConnectionSummary[]>(LIST, [tenantId, orgIds]));
  }

  /** @returns false where there is no such connection, or it is revoked already */
  async revoke({ id: orgId, tenantId }: Organization, connectionId: string): Promise<boolean> {
    const result = await this.database.app({ tenantId, orgId }, (db) =>
      db.query<[unknown[], number]>(REVOKE, [tenantId, orgId, connectionId]),
    );
    return result[1] > 0;
  }
}
