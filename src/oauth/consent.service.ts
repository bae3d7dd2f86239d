import { Injectable } from '@nestjs/common';
import { AuditEvent, AuditService } from '../audit';
import { Database } from '../database';
import type { BrowserSession } from '../identity';
import { Pages } from '../pages';
import { RedirectedError } from './authorization-request';
import type { Step } from './authorize.service';
import { issueCode } from './codes';
import { ConnectableOrganization, ConnectableOrganizationsService } from './connectable-organizations.service';
import { GrantsService } from './grants.service';
import { OAuthError } from './oauth-error';
import { PendingRequestsService } from './pending-requests.service';
import { withParameters } from './redirect-uri';
import { withoutAreas } from './requested-scopes';

/** What follows from the user's decision. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly database: Database,
    private readonly requests: PendingRequestsService,
    private readonly organizations: ConnectableOrganizationsService,
    private readonly grants: GrantsService,
    private readonly audit: AuditService,
    private readonly pages: Pages,
  ) {}

  /** Grant and code are made with the decision in one transaction, so that two clicks make one code (CONS-10). */
  async approve(step: Step, organizationId: string | undefined, leaveOut: readonly string[]): Promise<void> {
    const session = signedIn(step);
    const organization = await this.organization(step, session, organizationId);
    const { realm } = step.access;
    const scope = { realm, tenantId: organization.tenantId, userId: session.user.id };
    const { grantId, code } = await this.database.app(scope, async (db) => {
      const pending = await this.requests.decide(db, step.txn);
      if (!pending) throw alreadyUsed();
      const chosen = withoutAreas(pending, leaveOut);
      const grant = {
        realm,
        tenantId: organization.tenantId,
        orgId: organization.id,
        userId: session.user.id,
        clientId: pending.clientId,
        ...chosen,
      };
      const id = await this.grants.create(db, grant);
      return { grantId: id, code: await issueCode(db, realm, id, pending) };
    });
    await this.record(step, {
      kind: 'grant.created',
      outcome: 'ok',
      grantId,
      tenantId: organization.tenantId,
      orgId: organization.id,
      userId: session.user.id,
    });
    const { redirectUri, state } = step.pending;
    this.pages.redirect(step.reply, withParameters(redirectUri, { code, state, iss: step.access.issuer }));
  }

  async deny(step: Step): Promise<void> {
    const session = signedIn(step);
    const pending = await this.database.app({ realm: step.access.realm }, (db) => this.requests.decide(db, step.txn));
    if (!pending) throw alreadyUsed();
    await this.record(step, { kind: 'grant.denied', outcome: 'refused', userId: session.user.id });
    throw new RedirectedError(step.pending, new OAuthError('access_denied', 'The user did not approve the connection.'));
  }

  /** The picked organization, if it is one that the page could have offered (CONS-9). */
  private async organization(step: Step, session: BrowserSession, id: string | undefined): Promise<ConnectableOrganization> {
    const offered = await this.organizations.of(session.user.id, step.access);
    const picked = id === undefined && offered.length === 1 ? offered[0] : offered.find((one) => one.id === id);
    if (!picked) throw new OAuthError('access_denied', 'You cannot connect apps to this organization.');
    return picked;
  }

  private record({ request, access, client }: Step, event: AuditEvent): Promise<void> {
    return this.audit.record({
      tenantId: access.tenant?.id,
      clientId: client.id,
      clientName: client.name,
      requestId: request.id,
      ip: request.ip,
      userAgent: request.headers['user-agent'],
      ...event,
    });
  }
}

function signedIn({ visitor }: Step): BrowserSession {
  if (!visitor.session) throw new OAuthError('access_denied', 'Sign in first.');
  return visitor.session;
}

function alreadyUsed(): OAuthError {
  return new OAuthError('access_denied', 'This form was already used. Start again in your app.');
}
