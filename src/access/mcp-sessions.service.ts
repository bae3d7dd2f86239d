import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Database } from '../database';
import { sessionHash } from './gate.service';
import type { Caller } from './request-access';

const INSERT = `insert into platform.mcp_session (id_hash, tenant_id, org_id, user_id, grant_id, protocol_version) values ($1, $2, $3, $4, $5, $6)`;
const END = `update platform.mcp_session set ended_at = clock_timestamp() where id_hash = $1`;

const FORGET = `delete from platform.mcp_session where tenant_id = $1
  and (created_at < clock_timestamp() - interval '30 days' or ended_at < clock_timestamp() - interval '1 day')`;

/** Sessions of 2025-era clients: in the database, so that any replica knows them; they name a conversation, never a person. */
@Injectable()
export class McpSessions {
  constructor(private readonly database: Database) {}

  /** @returns the id for the Mcp-Session-Id header: 256 bits, visible ASCII */
  async open(caller: Caller, protocolVersion: string): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    const values = [sessionHash(id), caller.tenantId, caller.orgId, caller.userId, caller.grantId, protocolVersion];
    await this.database.app({ orgId: caller.orgId }, (db) => db.query(INSERT, values));
    return id;
  }

  async end(caller: Caller, id: string): Promise<void> {
    await this.database.app({ orgId: caller.orgId }, (db) => db.query(END, [sessionHash(id)]));
  }

  /** A client whose session is forgotten initializes again, as after any 404. */
  async forgetOld(tenantId: string): Promise<void> {
    await this.database.app({ tenantId }, (db) => db.query(FORGET, [tenantId]));
  }
}
