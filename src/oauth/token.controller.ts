import { Body, Controller, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { OAuthErrorFilter } from './oauth-error.filter';
import { OwnBody, type OwnBodyContent } from '../access';
import { oauthPaths } from './paths';
import { type TokenReply, TokenService } from './token.service';

@Controller()
@UseFilters(OAuthErrorFilter)
export class TokenController {
  constructor(private readonly tokens: TokenService) {}

  @Post(oauthPaths('token'))
  @OwnBody(32 * 1024)
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  issue(@Req() request: FastifyRequest, @Body() body: OwnBodyContent): Promise<TokenReply> {
    return this.tokens.issue(request, body);
  }
}
