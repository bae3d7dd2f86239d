import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditEvent, AuditService } from '../audit';
import { Database, newId, Scope } from '../database';
import type { RequestedScopes } from './requested-scopes';

/** A connection as its user sees it. */
export interface GrantSummary {
  readonly id: string;
  readonly realm: string;
  readonly clientName: string;
  readonly organization: string;
  readonly scopes: readonly string[];
  readonly narrowed: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly lastIp: string | null;
}

export interface NewGrant extends RequestedScopes {
  readonly realm: string;
  readonly tenantId: string;
  readonly orgId: string;
  readonly userId: string;
  readonly clientId: string;
}

/** Who asked for it, for the audit trail. */
type RevocationOrigin = Pick<AuditEvent, 'ip' | 'userAgent' | 'requestId'>;

/** Why a grant ended; kept with it and in the audit trail. */
export type RevocationReason = 'by user' | 'by client' | 'code used twice' | 'refresh token reused';

const INSERT = `insert into platform.oauth_grant (id, realm, tenant_id, org_id, user_id, client_id, scopes, narrowed)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;
const REVOKE = `update platform.oauth_grant set revoked_at = clock_timestamp(), revoked_reason = $2
  where id = $1 and revoked_at is null returning id, tenant_id, org_id, user_id, client_id`;
const ENDED = 'select tenant_id, org_id, user_id, client_id from platform.oauth_grant where id = $1';
const TOUCH = 'update platform.oauth_grant set last_used_at = clock_timestamp(), last_ip = $2 where id = $1';
const TOUCH_CLIENT = 'update platform.oauth_client set last_used_at = clock_timestamp() where realm = $1 and id = $2';
const REALMS =
  'select distinct realm from platform.oauth_grant where user_id = $1 and revoked_at is null and ($2::text is null or tenant_id = $2)';
const LIST = `select g.id, g.realm, coalesce(c.name, '') as "clientName", coalesce(o.name, '') as organization, g.scopes, g.narrowed,
    g.created_at as "createdAt", g.last_used_at as "lastUsedAt", g.last_ip as "lastIp"
  from platform.oauth_grant g
  left join platform.oauth_client c on c.realm = g.realm and c.id = g.client_id
  left join platform.organization o on o.id = g.org_id
  where g.user_id = $1 and g.realm = $2 and g.revoked_at is null and ($3::text is null or g.tenant_id = $3)`;
/** Approved, but the client never came for its tokens. */
const FORGET_UNCLAIMED = `delete from platform.oauth_grant g where g.realm = $1 and g.last_used_at is null and g.created_at < clock_timestamp() - interval '1 day'`;

/** A user's consent for one client and one organization: what every token of theirs hangs on. */
@Injectable()
export class GrantsService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
  ) {}

  async create(db: EntityManager, grant: NewGrant): Promise<string> {
    const id = newId('gnt');
    await db.query(INSERT, [id, grant.realm, grant.tenantId, grant.orgId, grant.userId, grant.clientId, grant.scopes, grant.narrowed]);
    return id;
  }

  /** Notes that the client came for tokens, and from where. */
  async touch(db: EntityManager, grant: { id: string; realm: string; clientId: string }, ip: string): Promise<void> {
    await db.query(TOUCH, [grant.id, ip]);
    await db.query(TOUCH_CLIENT, [grant.realm, grant.clientId]);
  }

  /** The user's own connections: of the host's tenant, or on the bare host of all. */
  async list(userId: string, tenantId: string | undefined): Promise<readonly GrantSummary[]> {
    const realms = await this.database.app({ userId }, (db) => db.query<{ realm: string }[]>(REALMS, [userId, tenantId ?? null]));
    // Clients are visible in their own realm only, so each realm is asked for by itself.
    const lists = await Promise.all(
      realms.map(({ realm }) =>
        this.database.app({ userId, realm }, (db) => db.query<GrantSummary[]>(LIST, [userId, realm, tenantId ?? null])),
      ),
    );
    return lists.flat().sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }

  /**
   * Ends a connection with all its tokens, in force on the next request: the gate and both token paths read the grant.
   * Whoever asks again is recorded again: the process that ended it may have died before it could write the event.
   */
  async revoke(scope: Scope, id: string, reason: RevocationReason, from: RevocationOrigin): Promise<void> {
    const ended = await this.database.app(scope, async (db) => {
      const row = await this.end(db, id, reason);
      return row ?? (await db.query<RevokedRow[]>(ENDED, [id]))[0];
    });
    if (!ended) return;
    await this.audit.record({
      kind: 'grant.revoked',
      outcome: 'ok',
      tenantId: ended.tenant_id,
      orgId: ended.org_id,
      userId: ended.user_id,
      clientId: ended.client_id,
      grantId: id,
      details: { reason },
      ...from,
    });
  }

  async forgetUnclaimed(realm: string): Promise<void> {
    await this.database.app({ realm }, (db) => db.query(FORGET_UNCLAIMED, [realm]));
  }

  /** Ends a grant within the caller's transaction. */
  async end(db: EntityManager, id: string, reason: RevocationReason): Promise<RevokedRow | undefined> {
    const [row] = rowsOf<RevokedRow>(await db.query(REVOKE, [id, reason]));
    return row;
  }
}

interface RevokedRow {
  tenant_id: string;
  org_id: string;
  user_id: string;
  client_id: string;
}

/** TypeORM answers an UPDATE … RETURNING with [rows, count]. */
function rowsOf<T>(result: unknown): T[] {
  return (result as [T[], number])[0];
}
