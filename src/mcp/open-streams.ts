import { Injectable, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { GateService, RequestAccess, tenantRefusal } from '../access';
import { ChangeEvent, Database } from '../database';

/** A stream that stays open: what is told to its client, and how it is ended. */
export interface OpenStream {
  readonly access: RequestAccess;
  /** The client should ask for the lists again. */
  changed(): void;
  close(): void;
}

/** Streams one connection may hold open; the oldest gives way. */
const MAX_PER_GRANT = 8;

/**
 * The open streams of this process. Whatever changes access anywhere is announced by the database; each stream
 * concerned is put through the gates again and closed when they have shut.
 */
@Injectable()
export class OpenStreams implements OnModuleInit, OnModuleDestroy {
  private readonly streams = new Map<OpenStream, NodeJS.Timeout>();
  private stopped = false;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly gates: GateService,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.stopListening = this.database.listen((event) => void this.react(event));
  }

  onModuleDestroy(): void {
    this.stopped = true;
    this.stopListening();
    for (const stream of this.streams.keys()) this.end(stream);
  }

  get size(): number {
    return this.streams.size;
  }

  /** @returns what to call when the client has gone */
  add(stream: OpenStream): () => void {
    const { caller } = stream.access;
    const siblings = [...this.streams.keys()].filter(({ access }) => access.caller?.grantId === caller?.grantId);
    if (siblings.length >= MAX_PER_GRANT) this.end(siblings[0] as OpenStream);
    const lifetime = (caller?.expiresAt ?? 0) * 1000 - Date.now();
    this.streams.set(
      stream,
      setTimeout(() => this.end(stream), this.stopped ? 0 : Math.max(0, lifetime)),
    );
    return () => this.forget(stream);
  }

  private async react(event: ChangeEvent): Promise<void> {
    const concerned = [...this.streams.keys()].filter(({ access }) => concerns(event, access));
    await Promise.all(concerned.map((stream) => this.recheck(stream)));
  }

  /** When the gates cannot be asked, a stream is closed: its client comes back and is judged then. */
  private async recheck(stream: OpenStream): Promise<void> {
    const now = await this.gates.recheck(stream.access).catch(() => undefined);
    if (!this.streams.has(stream)) return;
    if (now === undefined || tenantRefusal(now) !== undefined) this.end(stream);
    else stream.changed();
  }

  private end(stream: OpenStream): void {
    this.forget(stream);
    stream.close();
  }

  private forget(stream: OpenStream): void {
    clearTimeout(this.streams.get(stream));
    this.streams.delete(stream);
  }
}

function concerns(event: ChangeEvent, { caller }: RequestAccess): boolean {
  if (event.table === '*') return true;
  const { grantId, userId, orgId, tenantId } = event;
  if (grantId !== undefined) return grantId === caller?.grantId;
  const pairs = [
    [userId, caller?.userId],
    [orgId, caller?.orgId],
    [tenantId, caller?.tenantId],
  ];
  const given = pairs.filter(([changed]) => changed !== undefined);
  return given.length > 0 && given.every(([changed, own]) => changed === own);
}
