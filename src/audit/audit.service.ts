import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Database, isUnavailable } from '../database';
import type { AuditEvent } from './audit-event';

/** Longest text kept of a client's own words (names, user agents), in characters. */
const MAX_TEXT = 256;
const MAX_NAMES = 50;

/** PostgreSQL's code. The event's id is random: who has it already is the event itself. */
const UNIQUE_VIOLATION = '23505';

const INSERT = `insert into platform.audit_event (id, kind, outcome, severity, tenant_id, org_id, user_id, client_id, client_name, grant_id, request_id,
    rpc_method, tool, argument_names, error_code, http_status, latency_ms, ip, user_agent, details)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`;

@Injectable()
export class AuditService {
  constructor(private readonly database: Database) {}

  /** Durable when the promise resolves: one insert, one commit, through a login that can do nothing else. */
  async record(event: AuditEvent): Promise<void> {
    const e = event;
    const columns = [
      ...[`evt_${randomBytes(12).toString('hex')}`, e.kind, e.outcome, e.severity ?? 'info'],
      ...[e.tenantId, e.orgId, e.userId, e.clientId, e.clientName, e.grantId, e.requestId],
      ...[e.rpcMethod, e.tool, e.argumentNames?.slice(0, MAX_NAMES).map(clean), e.errorCode, e.httpStatus, e.latencyMs],
      ...[e.ip, e.userAgent],
    ];
    const details = JSON.stringify(e.details ?? {}, (_, value: unknown) => clean(value));
    await this.write([...columns.map(clean), details]);
  }

  /** A connection that breaks under the insert says nothing about the event: another one takes it, unless it is there already. */
  private async write(row: unknown[]): Promise<void> {
    try {
      await this.database.audit(INSERT, row);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      await this.database.audit(INSERT, row).catch((again: { code?: unknown }) => {
        if (again.code !== UNIQUE_VIOLATION) throw again;
      });
    }
  }
}

/** What PostgreSQL cannot store (NUL, lone surrogates) must not be able to stop an event from being written. */
function clean<T>(value: T): T | string {
  if (typeof value !== 'string') return value;
  return value
    .slice(0, MAX_TEXT)
    .replace(/\p{Cc}/gu, ' ')
    .toWellFormed();
}
