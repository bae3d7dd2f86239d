import { Body, Controller, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { OAuthErrorFilter } from './oauth-error.filter';
import { OwnBody, type OwnBodyContent } from '../access';
import { oauthPaths } from './paths';
import { RevocationService } from './revocation.service';

@Controller()
@UseFilters(OAuthErrorFilter)
export class RevocationController {
  constructor(private readonly revocation: RevocationService) {}

  @Post(oauthPaths('revoke'))
  @OwnBody(32 * 1024)
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async revoke(@Req() request: FastifyRequest, @Body() body: OwnBodyContent): Promise<object> {
    await this.revocation.revoke(request, body);
    return {};
  }
}
