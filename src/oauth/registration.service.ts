import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuditService } from '../audit';
import { Config } from '../config';
import { RateLimiter } from '../rate-limit';
import { readClientMetadata } from './client-metadata';
import { ClientsService, NewClient, RegisteredClient } from './clients.service';
import { jsonObject } from './json-body';
import { OAuthError } from './oauth-error';
import type { OwnBodyContent } from '../access';

const PER_ADDRESS_A_MINUTE = 20;
const PER_REALM_AN_HOUR = 200;
const MINUTE = 60_000;

/** Dynamic client registration (RFC 7591): open to anyone, so that a pasted URL is all a user needs, and limited for that reason. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly config: Config,
    private readonly clients: ClientsService,
    private readonly limiter: RateLimiter,
    private readonly audit: AuditService,
  ) {}

  async register(request: FastifyRequest, body: OwnBodyContent): Promise<object> {
    const { realm, tenant } = request.access;
    await this.limit(`register:${request.ip}`, PER_ADDRESS_A_MINUTE, MINUTE);
    if (body === 'too large')
      throw new OAuthError('invalid_client_metadata', 'The client metadata is longer than 16 KiB.', { status: 413 });
    const metadata = jsonObject(request.sentContentType, body);
    const client = readClientMetadata(metadata, { domains: this.config.set.redirectDomains, schemes: this.config.set.redirectSchemes });
    await this.limit(`register:${realm}`, PER_REALM_AN_HOUR, 60 * MINUTE);
    const registered = await this.clients.register(realm, client, request.ip);
    await this.audit.record({
      kind: 'client.registered',
      outcome: 'ok',
      tenantId: tenant?.id,
      clientId: registered.id,
      // As sent, not as shown: a look-alike name must be recognisable afterwards (DCR-11).
      clientName: typeof metadata['client_name'] === 'string' ? metadata['client_name'] : client.name,
      requestId: request.id,
      ip: request.ip,
      userAgent: request.headers['user-agent'],
    });
    return reply(client, registered);
  }

  private async limit(key: string, limit: number, windowMs: number): Promise<void> {
    const { allowed, resetMs } = await this.limiter.hit(key, limit, windowMs);
    if (!allowed) throw new OAuthError('slow_down', 'Too many registrations. Try again later.', { retryAfter: Math.ceil(resetMs / 1000) });
  }
}

/** States what holds, whatever was asked for. Never a null member: strict clients refuse it. */
function reply(client: NewClient, { id, secret, issuedAt }: RegisteredClient): object {
  return {
    client_id: id,
    ...(secret !== undefined && { client_secret: secret }),
    client_name: client.name,
    redirect_uris: client.redirectUris,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: client.authMethod,
    client_id_issued_at: issuedAt,
    ...(secret !== undefined && { client_secret_expires_at: 0 }),
  };
}
