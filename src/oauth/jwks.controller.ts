import { Controller, Get, Header, UseFilters } from '@nestjs/common';
import { TokenKeys } from '../access';
import { OAuthErrorFilter } from './oauth-error.filter';
import { oauthPaths } from './paths';

@Controller()
@UseFilters(OAuthErrorFilter)
export class JwksController {
  constructor(private readonly keys: TokenKeys) {}

  /** The public keys (RFC 7517) of the tokens that are still alive. */
  @Get([...oauthPaths('jwks'), '.well-known/jwks.json'])
  @Header('Cache-Control', 'public, max-age=60')
  jwks(): object {
    return this.keys.jwks();
  }
}
