import { Controller, Get, Header, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MOUNTS } from '../access';
import { authorizationServerMetadata, protectedResourceMetadata } from './metadata';
import { OAuthErrorFilter } from './oauth-error.filter';

const PATHS = MOUNTS.map(({ path }) => path);

/** Clients insert the resource's path behind the well-known name (RFC 8414 §3.1), or append the name to it, as OpenID Connect does. */
const SERVER_DOCUMENTS = ['oauth-authorization-server', 'openid-configuration'].flatMap((name) => [
  `.well-known/${name}`,
  ...PATHS.map((path) => `.well-known/${name}${path}`),
  ...PATHS.map((path) => `${path.slice(1)}/.well-known/${name}`),
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

  @Get([RESOURCE_DOCUMENT, ...PATHS.map((path) => RESOURCE_DOCUMENT + path)])
  @Header('Cache-Control', 'no-store')
  protectedResource(@Req() request: FastifyRequest): object {
    const asked = request.routeOptions.url?.slice(RESOURCE_DOCUMENT.length);
    return protectedResourceMetadata(request.access, asked || '/api/mcp');
  }
}
