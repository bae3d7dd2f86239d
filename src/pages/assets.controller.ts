import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ASSET_VERSION, ASSETS } from './assets';

@Controller('assets')
export class AssetsController {
  @Get(':version/:name')
  serve(@Param('version') version: string, @Param('name') name: string, @Res() reply: FastifyReply): void {
    const asset = version === ASSET_VERSION ? ASSETS.get(name) : undefined;
    if (!asset) throw new NotFoundException();
    reply
      .header('Content-Type', asset.type)
      .header('Cache-Control', 'public, max-age=31536000, immutable')
      .header('X-Content-Type-Options', 'nosniff')
      .header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
      .send(asset.body);
  }
}
