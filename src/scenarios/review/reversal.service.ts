import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../audit';
import { Database, newId } from '../../database';
import { reversalRefusal, ReviewRefused } from './review-acts';
import { type PageActor, planOf } from './review.service';
import { APPEND, COUNT, INSERT } from './reversal.sql';

/** A thousand changes are folded one by one. */
const PATIENCE = `select set_config('statement_timeout', '60000', true), set_config('app.plan_id', $1, true)`;

const BASE = 'select base_on_merge($1, $2)';

/** Takes a merge back, by a new draft that passes the same gate. */
@Injectable()
export class ReversalService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
  ) {}

  /**
   * @returns the draft, owned by who asks
   * @throws ReviewRefused with the reason
   */
  async reverse(actor: PageActor, planId: string): Promise<string> {
    const { orgId, tenantId, userId, requestId, ip } = actor;
    const reversal = newId('plan');
    await this.database.app({ orgId, tenantId, userId }, async (db) => {
      const merged = await planOf(db, actor, planId);
      const refusal = reversalRefusal(merged, actor);
      if (refusal !== undefined) throw new ReviewRefused(refusal);
      await write(db, actor, merged, reversal);
      const details = { act: 'reverse', plan: planId, reversal };
      await this.audit.recordIn(db, { kind: 'scenario.reviewed', outcome: 'ok', orgId, tenantId, userId, requestId, ip, details });
    });
    return reversal;
  }
}

async function write(
  db: EntityManager,
  { orgId, userId, requestId }: PageActor,
  merged: { readonly id: string; readonly title: string },
  reversal: string,
): Promise<void> {
  await db.query(PATIENCE, [reversal]);
  const [{ count, leftOut }] = await db.query<[{ count: number; leftOut: string[] }]>(COUNT, [orgId, merged.id]);
  if (count === 0) throw new ReviewRefused('Nothing is left of what was merged, so there is nothing to take back.');
  const title = `Reversal of ${merged.title}`.slice(0, 200);
  await db.query(INSERT, [orgId, merged.id, reversal, userId, title, description(leftOut)]);
  const ids = Array.from({ length: count }, () => newId('chg'));
  await db.query(APPEND, [orgId, merged.id, reversal, ids, JSON.stringify({ request: requestId })]);
  await db.query(BASE, [orgId, reversal]);
}

const NAMED = 50;

function description(leftOut: readonly string[]): string | undefined {
  if (leftOut.length === 0) return undefined;
  const names = leftOut.slice(0, NAMED).join(', ');
  return `Left out, because they are no longer there: ${names}${leftOut.length > NAMED ? ` and ${leftOut.length - NAMED} more` : ''}.`;
}
