import { Body, Controller, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { OAuthErrorFilter } from './oauth-error.filter';
import { OwnBody, type OwnBodyContent } from '../access';
import { oauthPaths } from './paths';
import { RegistrationService } from './registration.service';

@Controller()
@UseFilters(OAuthErrorFilter)
export class RegistrationController {
  constructor(private readonly registration: RegistrationService) {}

  @Post(oauthPaths('register'))
  @OwnBody(16 * 1024)
  @HttpCode(201)
  @Header('Cache-Control', 'no-store')
  register(@Req() request: FastifyRequest, @Body() body: OwnBodyContent): Promise<object> {
    return this.registration.register(request, body);
  }
}
