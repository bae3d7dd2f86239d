import { Controller, Get, Header, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MOUNTS } from '../access';
import { authorizationServerMetadata, protectedResourceMetadata } from './metadata';
import { OAuthErrorFilter } from './oauth-error.filter';

/** Clients insert the resource's path behind the well-known name (RFC 8414 §3.1), or append the name to it, as OpenID Connect does. */
const SERVER_DOCUMENTS = ['oauth-authorization-server', 'openid-configuration'].flatMap((name) => [
  `.well-known/${name}`,
  ...MOUNTS.map((mount) => `.well-known/${name}${mount}`),
  ...MOUNTS.map((mount) => `${mount.slice(1)}/.well-known/${name}`),
]);

const RESOURCE_DOCUMENT = '/.well-known/oauth-protected-resource';

@Controller()
@UseFilters(OAuthErrorFilter)
export class DiscoveryController {
  @Get(SERVER_DOCUMENTS)
  @Header('Cache-Control', 'no-store')
  authorizationServer(@Req() request: FastifyRequest): object {
    return authorizationServerMetadata(request.access.issuer);
  }

  @Get([RESOURCE_DOCUMENT, ...MOUNTS.map((mount) => RESOURCE_DOCUMENT + mount)])
  @Header('Cache-Control', 'no-store')
  protectedResource(@Req() request: FastifyRequest): object {
    const path = (request.url.split('?', 1)[0] ?? '').replace(/\/$/, '');
    const mount = MOUNTS.find((one) => path === RESOURCE_DOCUMENT + one) ?? MOUNTS[0];
    return protectedResourceMetadata(request.access, mount);
  }
}
