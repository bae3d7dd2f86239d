import { Injectable, Logger, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { KeptAnswers, McpSessions } from '../access';
import { Database } from '../database';
import { BrowserSessionsService, LockoutService } from '../identity';
import { ClientsService } from './clients.service';
import { GrantsService } from './grants.service';
import { PendingRequestsService } from './pending-requests.service';

const EVERY_HOUR = 3_600_000;

/** Forgets what has ended: expired sessions and requests, old answers of tools, unclaimed grants, clients that nobody uses (DCR-10). */
@Injectable()
export class HousekeepingService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(HousekeepingService.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clients: ClientsService,
    private readonly requests: PendingRequestsService,
    private readonly grants: GrantsService,
    private readonly sessions: BrowserSessionsService,
    private readonly lockout: LockoutService,
    private readonly mcpSessions: McpSessions,
    private readonly answers: KeptAnswers,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(
      () => void this.run().catch((error: Error) => this.logger.warn(`Housekeeping failed: ${error.message}`)),
      EVERY_HOUR,
    ).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Realm by realm: no transaction of ours sees more than one. Safe to run on several replicas at once. */
  async run(): Promise<void> {
    await this.lockout.forgetOld();
    const tenants = await this.database.app({}, (db) => db.query<{ id: string }[]>('select id from platform.tenant'));
    for (const { id } of tenants) {
      await this.mcpSessions.forgetOld(id);
      await this.answers.forgetOld(id);
    }
    for (const realm of ['bare', ...tenants.map(({ id }) => id)]) {
      await this.sessions.forgetOld(realm);
      await this.requests.forgetOld(realm);
      await this.grants.forgetUnclaimed(realm);
      await this.clients.forgetUnused(realm);
    }
  }
}
