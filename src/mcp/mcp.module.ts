import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { RateLimitModule } from '../rate-limit';
import { CallRunner } from './call-runner';
import { Catalogue } from './catalogue';
import { LegacyEra } from './legacy-era';
import { McpController } from './mcp.controller';
import { ModernEra } from './modern-era';
import { OpenStreams } from './open-streams';
import { RpcRecorder } from './rpc-recorder';
import { ServerFactory } from './server.factory';

@Module({
  imports: [DiscoveryModule, RateLimitModule],
  controllers: [McpController],
  providers: [Catalogue, CallRunner, RpcRecorder, ServerFactory, ModernEra, LegacyEra, OpenStreams],
  exports: [Catalogue, OpenStreams],
})
export class McpModule {}
