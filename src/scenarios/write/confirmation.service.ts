import { Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type CallContext, type PlanWrite, ToolError, whyWritesAreOff, type WriteMode, writeModeOf } from '../../access';
import { Config, deriveKey } from '../../config';

const MINUTES = 15;

/**
 * Where an organization wants removals confirmed: the call is carried out, shown and undone, and the answer holds a token
 * with which the same call is done for good. The token is bound to user, client, organization, arguments and the revision
 * of the scenario, so it is good for one change: any change raises the revision.
 */
@Injectable()
export class Confirmation {
  private readonly key: Buffer;

  constructor(config: Config) {
    this.key = deriveKey(config.secret, 'confirmation of scenario writes');
  }

  /** @throws ToolError TOOL_DISABLED where the organization has switched changes off */
  allow(mode: WriteMode, ctx: CallContext): void {
    if (ctx.write?.byHand || writeModeOf(ctx.tenant, mode) !== 'off') return;
    throw new ToolError('TOOL_DISABLED', whyWritesAreOff(ctx.tenant), {
      hint: 'Reading works. On the page of a scenario people comment, undo changes, resolve conflicts, submit and decide; new changes cannot be planned there.',
    });
  }

  /** @throws ToolError CONFIRMATION_REQUIRED with what would happen and the token */
  require(mode: WriteMode, ctx: CallContext, write: PlanWrite, rev: number, preview: object): void {
    if (mode !== 'confirm_destructive' || !write.removes || write.dryRun || write.byHand) return;
    if (write.confirmationToken !== undefined && this.holds(write.confirmationToken, ctx, write, rev)) return;
    const expires = Math.floor(Date.now() / 60_000) + MINUTES;
    throw new ToolError(
      'CONFIRMATION_REQUIRED',
      'This organization wants such changes confirmed. Nothing is changed yet; the preview shows what would be.',
      {
        retryable: true,
        hint: `Show the preview to the user. If they agree, repeat the same call with confirmationToken within ${MINUTES} minutes.`,
        details: { preview, confirmationToken: `${expires}.${this.sign(expires, ctx, write, rev)}` },
      },
    );
  }

  private holds(token: string, ctx: CallContext, write: PlanWrite, rev: number): boolean {
    const [expires, signature = ''] = token.split('.');
    const wanted = Buffer.from(this.sign(Number(expires), ctx, write, rev));
    const given = Buffer.from(signature);
    return Number(expires) * 60_000 > Date.now() && given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  private sign(expires: number, { orgId, userId, clientId }: CallContext, write: PlanWrite, rev: number): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([expires, orgId, userId, clientId, rev, write.argumentsHash]))
      .digest('base64url');
  }
}
