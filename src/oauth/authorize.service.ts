import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestAccess } from '../access';
import { LOCKOUT_MINUTES, SignInService, type Visitor, VisitorService } from '../identity';
import { html, Pages, signInPage } from '../pages';
import { RateLimiter } from '../rate-limit';
import { readAuthorizationRequest, RedirectedError } from './authorization-request';
import { ClientsService, OAuthClient } from './clients.service';
import { ConnectableOrganization, ConnectableOrganizationsService } from './connectable-organizations.service';
import { AuthorizationView, consentPage, nothingToConnectPage, pickerPage } from './consent.view';
import { OAuthError } from './oauth-error';
import { endpointUrl } from './paths';
import { PendingRequest, PendingRequestsService } from './pending-requests.service';
import { redirectHost, redirectSource } from './redirect-uri';

/** Requests of the authorization page from one address in a minute; a shared office stays far below. */
const PER_ADDRESS_A_MINUTE = 240;
const MINUTE = 60_000;

/** One page or form of a pending authorization, in the browser that started it. */
export interface Step {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly access: RequestAccess;
  readonly visitor: Visitor;
  readonly txn: string;
  readonly pending: PendingRequest;
  readonly client: OAuthClient;
}

/** Leads a browser from a client's request to the consent page: sign in, pick an organization, decide. */
@Injectable()
export class AuthorizeService {
  constructor(
    private readonly clients: ClientsService,
    private readonly requests: PendingRequestsService,
    private readonly organizations: ConnectableOrganizationsService,
    private readonly visitors: VisitorService,
    private readonly signIns: SignInService,
    private readonly limiter: RateLimiter,
    private readonly pages: Pages,
  ) {}

  /** A client sends a browser here for the first time. */
  async begin(request: FastifyRequest, reply: FastifyReply, query: Readonly<Record<string, unknown>>): Promise<void> {
    const { access } = request;
    await this.limit(request.ip);
    const asked = await readAuthorizationRequest(query, access.issuer, access.realm, this.clients);
    const visitor = await this.visitors.of(access.realm, request, reply);
    if (asked.prompt?.split(' ').includes('none')) {
      throw new RedirectedError(
        asked,
        new OAuthError(visitor.session ? 'consent_required' : 'login_required', 'Every connection is approved by its user on a page.'),
      );
    }
    const txn = await this.requests.start(access.realm, asked, visitor.binding);
    const pending = { ...asked, clientId: asked.client.id, binding: visitor.binding, decided: false };
    return this.show({ request, reply, access, visitor, txn, pending, client: asked.client }, undefined);
  }

  /** The browser comes back to a pending authorization, after a form. */
  async resume(request: FastifyRequest, reply: FastifyReply, txn: string, organization: unknown): Promise<void> {
    const step = await this.load(request, reply, txn);
    return this.show(step, typeof organization === 'string' ? organization : undefined);
  }

  /** A form of ours was posted: by the browser that started, from our own page, or not at all (CONS-3, CONS-4). */
  async step(request: FastifyRequest, reply: FastifyReply, txn: string, token: string | undefined): Promise<Step> {
    const step = await this.load(request, reply, txn);
    if (!this.visitors.isOwnForm(step.visitor, request, step.access.issuer, token, purpose(txn))) throw notYours();
    return step;
  }

  async signIn(step: Step, email: string, password: string): Promise<void> {
    const { request, access, visitor } = step;
    const origin = { ip: request.ip, userAgent: request.headers['user-agent'], tenantId: access.tenant?.id, requestId: request.id };
    const result = await this.signIns.check(email, password, origin);
    if ('refused' in result) return this.showSignIn(step, email, result.refused);
    const signedIn = await this.visitors.signIn(visitor, result.user, request, step.reply);
    await this.requests.rebind(access.realm, visitor.binding, signedIn.binding);
    this.pages.redirect(step.reply, address(step));
  }

  async switchAccount(step: Step): Promise<void> {
    const signedOut = await this.visitors.signOut(step.visitor, step.reply);
    await this.requests.rebind(step.access.realm, step.visitor.binding, signedOut.binding);
    this.pages.redirect(step.reply, address(step));
  }

  async goOn(step: Step, organization: string | undefined): Promise<void> {
    this.pages.redirect(step.reply, address(step, organization ?? ''));
  }

  private async load(request: FastifyRequest, reply: FastifyReply, txn: string): Promise<Step> {
    const { access } = request;
    await this.limit(request.ip);
    const pending = await this.requests.find(access.realm, txn);
    const client = pending && (await this.clients.find(access.realm, pending.clientId));
    if (!pending || !client) throw new OAuthError('invalid_request', 'This connection request has expired. Start again in your app.');
    const visitor = await this.visitors.of(access.realm, request, reply);
    if (pending.decided || !visitor.binding.equals(pending.binding)) throw notYours();
    return { request, reply, access, visitor, txn, pending, client };
  }

  /** The page that this browser needs next. */
  private async show(step: Step, picked: string | undefined): Promise<void> {
    const { session } = step.visitor;
    if (!session) return this.showSignIn(step);
    const organizations = await this.organizations.of(session.user.id, step.access);
    const view = this.view(step, session.user.email);
    if (organizations.length === 0)
      return this.pages.send(step.reply, nothingToConnectPage(view), { status: 403, formTarget: redirectSource(step.pending.redirectUri) });
    const organization = organizations.length === 1 ? organizations[0] : organizations.find(({ id }) => id === picked);
    if (organization) return this.showConsent(step, view, organization, organizations.length > 1);
    return this.pages.send(step.reply, pickerPage(view, organizations));
  }

  /** Shown for each authorization anew: anybody can register a client under a name that was approved before (CONS-1). */
  private showConsent(step: Step, view: AuthorizationView, organization: ConnectableOrganization, canPickAnother: boolean): Promise<void> {
    const { scopes, narrowed, redirectUri } = step.pending;
    const page = consentPage({ ...view, organization, canPickAnother, asked: { scopes, narrowed } });
    return this.pages.send(step.reply, page, { formTarget: redirectSource(redirectUri) });
  }

  private showSignIn(step: Step, email?: string, refused?: 'wrong' | 'locked'): Promise<void> {
    const error =
      refused &&
      {
        wrong: 'The e-mail address or the password is wrong.',
        locked: `Too many failed attempts. Try again in ${LOCKOUT_MINUTES} minutes.`,
      }[refused];
    if (refused === 'locked') step.reply.header('Retry-After', String(LOCKOUT_MINUTES * 60));
    const target = redirectHost(step.pending.redirectUri);
    const page = signInPage({
      action: endpointUrl('', 'authorize'),
      state: this.hiddenState(step),
      purpose: html`<bdi>${step.client.name}</bdi> (${target}) wants to connect to Flowstate.`,
      email,
      error,
    });
    return this.pages.send(step.reply, page, { status: refused === undefined ? 200 : refused === 'locked' ? 429 : 401 });
  }

  private view(step: Step, email: string): AuthorizationView {
    return {
      action: endpointUrl('', 'authorize'),
      clientName: step.client.name,
      redirectUri: step.pending.redirectUri,
      email,
      state: this.hiddenState(step),
    };
  }

  private hiddenState({ visitor, txn }: Step): Record<string, string> {
    return { txn, token: this.visitors.formToken(visitor, purpose(txn)) };
  }

  private async limit(ip: string): Promise<void> {
    const { allowed, resetMs } = await this.limiter.hit(`authorize:${ip}`, PER_ADDRESS_A_MINUTE, MINUTE);
    if (!allowed)
      throw new OAuthError('slow_down', 'Too many requests from your network. Try again in a minute.', {
        retryAfter: Math.ceil(resetMs / 1000),
      });
  }
}

function purpose(txn: string): string {
  return `authorize:${txn}`;
}

function address({ txn }: Step, organization = ''): string {
  return `${endpointUrl('', 'authorize')}?txn=${encodeURIComponent(txn)}${organization && `&organization=${encodeURIComponent(organization)}`}`;
}

function notYours(): OAuthError {
  return new OAuthError('access_denied', 'This form was already used, or belongs to another browser or sign-in. Start again in your app.');
}
