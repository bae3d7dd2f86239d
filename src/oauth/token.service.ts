import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from '../access';
import { AuditEvent, AuditService } from '../audit';
import { RateLimiter } from '../rate-limit';
import { authenticatedClient, clientForm } from './client-request';
import { ClientsService, OAuthClient } from './clients.service';
import { CodeExchangeService } from './code-exchange.service';
import { Parameters, required } from './form-body';
import { OAuthError } from './oauth-error';
import { asOAuthError } from './oauth-error.filter';
import type { OwnBodyContent } from '../access';
import { RefreshService } from './refresh.service';
import { checkResource } from './resource';
import type { TokenOutcome } from './token-outcome';

/** Exactly these members (TOK-1). */
export interface TokenReply {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly scope: string;
}

/** Per address: the users of a hosted client share a few addresses, so this only stops floods. */
const PER_ADDRESS_A_MINUTE = 20_000;
const PER_CLIENT_A_MINUTE = 600;
const MINUTE = 60_000;

@Injectable()
export class TokenService {
  constructor(
    private readonly clients: ClientsService,
    private readonly codes: CodeExchangeService,
    private readonly refreshes: RefreshService,
    private readonly tokens: AccessTokens,
    private readonly limiter: RateLimiter,
    private readonly audit: AuditService,
  ) {}

  async issue(request: FastifyRequest, body: OwnBodyContent): Promise<TokenReply> {
    let client: OAuthClient | undefined;
    try {
      await this.limit(`token:${request.ip}`, PER_ADDRESS_A_MINUTE);
      const form = clientForm(request, body);
      const redeem = this.grantType(required(form, 'grant_type'));
      client = await authenticatedClient(request, form, this.clients);
      await this.limit(`token:${client.id}`, PER_CLIENT_A_MINUTE);
      checkResource(form['resource'], request.access.issuer);
      return await this.answer(request, client, await redeem(request, client, form));
    } catch (error) {
      const { code, description } = asOAuthError(error);
      if (code !== 'temporarily_unavailable') {
        request.audited = true;
        await this.record(request, {
          kind: 'token.refused',
          outcome: 'refused',
          severity: 'medium',
          clientId: client?.id,
          clientName: client?.name,
          errorCode: code,
          details: { reason: description },
        });
      }
      throw error;
    }
  }

  /** Registered clients have these two and no other (TOK-12). */
  private grantType(name: string): (request: FastifyRequest, client: OAuthClient, form: Parameters) => Promise<TokenOutcome> {
    if (name === 'authorization_code') return (request, client, form) => this.codes.redeem(request, client, form);
    if (name === 'refresh_token') return (request, client, form) => this.refreshes.refresh(request, client, form);
    throw new OAuthError('unsupported_grant_type', 'Only authorization_code and refresh_token are offered.');
  }

  /** Signs after the commit: a signature for something that was rolled back would be a token for nothing. */
  private async answer(request: FastifyRequest, client: OAuthClient, outcome: TokenOutcome): Promise<TokenReply> {
    if ('reused' in outcome) return this.reuse(request, client, outcome.reused);
    const { grant, scopes, refreshToken } = outcome;
    const claims = {
      sub: grant.userId,
      client_id: client.id,
      scope: scopes.join(' '),
      tid: grant.tenantId,
      org: grant.orgId,
      gid: grant.id,
    };
    const accessToken = this.tokens.sign(request.access.issuer, claims);
    await this.record(request, {
      kind: 'token.issued',
      outcome: 'ok',
      tenantId: grant.tenantId,
      orgId: grant.orgId,
      userId: grant.userId,
      clientId: client.id,
      clientName: client.name,
      grantId: grant.id,
    });
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: ACCESS_TOKEN_SECONDS,
      refresh_token: refreshToken,
      scope: claims.scope,
    };
  }

  /** Somebody has a copy: the connection is over for both of them, and an administrator should know. */
  private async reuse(
    request: FastifyRequest,
    client: OAuthClient,
    { grantId, tenantId, what }: { grantId: string; tenantId: string; what: string },
  ): Promise<never> {
    await this.record(request, {
      kind: 'token.reuse',
      outcome: 'refused',
      severity: 'high',
      tenantId,
      clientId: client.id,
      clientName: client.name,
      grantId,
      details: { what },
    });
    throw new OAuthError('invalid_grant', `The ${what} was used before. The connection has been ended; connect again.`);
  }

  private record(request: FastifyRequest, event: AuditEvent): Promise<void> {
    return this.audit.record({
      tenantId: request.access.tenant?.id,
      requestId: request.id,
      ip: request.ip,
      userAgent: request.headers['user-agent'],
      ...event,
    });
  }

  private async limit(key: string, limit: number): Promise<void> {
    const { allowed, resetMs } = await this.limiter.hit(key, limit, MINUTE);
    if (!allowed)
      throw new OAuthError('slow_down', 'Too many token requests. Try again in a moment.', { retryAfter: Math.ceil(resetMs / 1000) });
  }
}
