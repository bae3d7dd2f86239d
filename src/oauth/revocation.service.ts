import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AccessTokens } from '../access';
import { Database } from '../database';
import { authenticatedClient, clientForm } from './client-request';
import { ClientsService, OAuthClient } from './clients.service';
import { required } from './form-body';
import { GrantsService } from './grants.service';
import type { OwnBodyContent } from '../access';
import { secretHash } from './secret-values';

const GRANT_OF = `select g.id from platform.refresh_token r join platform.oauth_grant g on g.realm = r.realm and g.id = r.grant_id
  where r.hash = $1 and g.client_id = $2`;

/** Token revocation (RFC 7009): either kind of token ends its whole connection; a stranger's token ends nothing (REV-3). */
@Injectable()
export class RevocationService {
  constructor(
    private readonly database: Database,
    private readonly clients: ClientsService,
    private readonly grants: GrantsService,
    private readonly tokens: AccessTokens,
  ) {}

  /** Succeeds for a token that is unknown or another client's, too (RFC 7009 §2.2). The type hint is not needed. */
  async revoke(request: FastifyRequest, body: OwnBodyContent): Promise<void> {
    const form = clientForm(request, body);
    const client = await authenticatedClient(request, form, this.clients);
    const token = required(form, 'token');
    const grantId = (await this.byRefreshToken(client, token)) ?? (await this.byAccessToken(request.access.issuer, client, token));
    if (grantId === undefined) return;
    const from = { ip: request.ip, userAgent: request.headers['user-agent'], requestId: request.id };
    await this.grants.revoke({ realm: client.realm }, grantId, 'by client', from);
  }

  private async byRefreshToken(client: OAuthClient, token: string): Promise<string | undefined> {
    const [row] = await this.database.app({ realm: client.realm }, (db) =>
      db.query<{ id: string }[]>(GRANT_OF, [secretHash(token), client.id]),
    );
    return row?.id;
  }

  private async byAccessToken(issuer: string, client: OAuthClient, token: string): Promise<string | undefined> {
    const claims = await this.tokens.verify(issuer, token);
    return claims?.client_id === client.id ? claims.gid : undefined;
  }
}
