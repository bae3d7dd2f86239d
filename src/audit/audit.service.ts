import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Database, isUnavailable } from '../database';
import type { AuditEvent } from './audit-event';

/** Longest text kept of a client's own words (names, user agents), in characters. */
const MAX_TEXT = 256;
const MAX_NAMES = 50;
/** Events that one insert may carry. */
const MAX_BATCH = 100;

/** PostgreSQL's code. The event's id is random: who has it already is the event itself. */
const UNIQUE_VIOLATION = '23505';

/** The members of an event, and their types in the table; its columns are called the same, in snake case. */
const MEMBERS: Readonly<Record<'id' | keyof AuditEvent, string>> = {
  ...{ id: 'text', kind: 'text', outcome: 'text', severity: 'text' },
  ...{ tenantId: 'text', orgId: 'text', userId: 'text', clientId: 'text', clientName: 'text', grantId: 'text', requestId: 'text' },
  ...{ rpcMethod: 'text', tool: 'text', argumentNames: 'text[]', errorCode: 'text', httpStatus: 'smallint', latencyMs: 'integer' },
  ...{ ip: 'text', userAgent: 'text', details: 'jsonb' },
};
const names = Object.keys(MEMBERS);
const columns = names.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
const typed = Object.entries(MEMBERS).map(([name, type]) => `"${name}" ${type}`);
const INSERT = `insert into platform.audit_event (${columns.join(', ')})
  select ${names.map((name) => `"${name}"`).join(', ')} from jsonb_to_recordset($1) as event(${typed.join(', ')})`;

/** An event on its way, and who waits for it. */
interface Waiting {
  readonly event: AuditEvent;
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}

@Injectable()
export class AuditService {
  private waiting: Waiting[] = [];
  private writing = false;

  constructor(private readonly database: Database) {}

  /**
   * Durable when the promise resolves: an insert and its commit, through a login that can do nothing else. Events that
   * arrive while one is under way go together in the next: under load one commit carries several (docs/adr/0025).
   */
  record(event: AuditEvent): Promise<void> {
    return new Promise((written, failed) => {
      this.waiting.push({ event: complete(event), written, failed });
      if (!this.writing) void this.writeAll();
    });
  }

  /** In the transaction of what it tells, a page's: there is neither without the other. */
  async recordIn(db: EntityManager, event: AuditEvent): Promise<void> {
    await db.query(INSERT, [JSON.stringify([complete(event)], storable)]);
  }

  private async writeAll(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) await this.settle(this.waiting.splice(0, MAX_BATCH));
    this.writing = false;
  }

  private async settle(batch: readonly Waiting[]): Promise<void> {
    const events = batch.map(({ event }) => event);
    try {
      await this.write(JSON.stringify(events, storable));
      for (const { written } of batch) written();
    } catch (error) {
      // An event that cannot be written must not take others with it.
      if (batch.length > 1 && !isUnavailable(error)) for (const one of batch) await this.settle([one]);
      else for (const { failed } of batch) failed(error);
    }
  }

  /** A connection that breaks under the insert says nothing about the events: another one takes them, unless they are there already. */
  private async write(events: string): Promise<void> {
    try {
      await this.database.audit(INSERT, [events]);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      await this.database.audit(INSERT, [events]).catch((again: { code?: unknown }) => {
        if (again.code !== UNIQUE_VIOLATION) throw again;
      });
    }
  }
}

function complete(event: AuditEvent): AuditEvent & { readonly id: string } {
  return {
    ...event,
    id: `evt_${randomBytes(12).toString('hex')}`,
    severity: event.severity ?? 'info',
    argumentNames: event.argumentNames?.slice(0, MAX_NAMES),
    details: event.details ?? {},
  };
}

/** What PostgreSQL cannot store (NUL, lone surrogates) must not be able to stop an event from being written. */
function storable(_: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value
    .slice(0, MAX_TEXT)
    .replace(/\p{Cc}/gu, ' ')
    .toWellFormed();
}
