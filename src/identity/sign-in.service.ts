import { Injectable } from '@nestjs/common';
import { AuditEvent, AuditService } from '../audit';
import { LockoutService } from './lockout.service';
import { normaliseEmail, User, UsersService } from './users.service';

/** Where a try comes from; `tenantId` is absent on the bare host. */
export interface Origin {
  readonly ip: string;
  readonly userAgent?: string;
  readonly tenantId?: string;
  readonly requestId?: string;
}

export type SignInResult = { readonly user: User } | { readonly refused: 'wrong' | 'locked' };

/** The one place where a password is checked, for every entrance that has one. */
@Injectable()
export class SignInService {
  constructor(
    private readonly users: UsersService,
    private readonly lockout: LockoutService,
    private readonly audit: AuditService,
  ) {}

  async check(email: string, password: string, origin: Origin): Promise<SignInResult> {
    const attempt = await this.lockout.begin(normaliseEmail(email), origin.ip);
    if (attempt === 'locked') {
      await this.record({ kind: 'sign_in.lockout', outcome: 'refused', severity: 'high' }, origin);
      return { refused: 'locked' };
    }
    const { user, knownId } = await this.users.authenticate(email, password);
    if (user === undefined) {
      await this.record({ kind: 'sign_in', outcome: 'failed', severity: 'medium', userId: knownId }, origin);
      return { refused: 'wrong' };
    }
    await this.lockout.succeed(attempt);
    await this.record({ kind: 'sign_in', outcome: 'ok', userId: user.id }, origin);
    return { user };
  }

  private record(event: AuditEvent, { ip, userAgent, tenantId, requestId }: Origin): Promise<void> {
    return this.audit.record({ ...event, ip, userAgent, tenantId, requestId });
  }
}
