import { Injectable } from '@nestjs/common';
import { Database } from '../database';

/** As docs/mcp-server.md promises: long enough for whoever repeats a call, and no longer, because an answer holds names. */
const FORGET = `delete from platform.plan_request r using platform.organization o
  where o.tenant_id = $1 and r.org_id = o.id and r.at < clock_timestamp() - interval '30 days'`;

/** Answers that are kept for who repeats a call with its idempotency key; scenarios write and read them. */
@Injectable()
export class KeptAnswers {
  constructor(private readonly database: Database) {}

  /** A key that is forgotten stands for a new call. */
  async forgetOld(tenantId: string): Promise<void> {
    await this.database.app({ tenantId }, (db) => db.query(FORGET, [tenantId]));
  }
}
