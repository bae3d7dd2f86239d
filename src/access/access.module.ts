import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { AccessTokens } from './access-tokens';
import { BearerGuard } from './bearer.guard';
import { GateService } from './gate.service';
import { KeptAnswers } from './kept-answers.service';
import { McpSessions } from './mcp-sessions.service';
import { PermissionGuard } from './permission.guard';
import { TenantGuard } from './tenant.guard';
import { TokenKeys } from './token-keys';

const PARTS = [TokenKeys, AccessTokens, GateService, KeptAnswers, McpSessions, TenantGuard, BearerGuard, PermissionGuard];

/** Global: guards are used by every module that answers for a user. */
@Global()
@Module({ imports: [JwtModule.register({})], providers: PARTS, exports: PARTS })
export class AccessModule {}
