import { Module } from '@nestjs/common';
import { BrowserSessionsService } from './browser-sessions.service';
import { FormTokens } from './form-tokens';
import { LockoutService } from './lockout.service';
import { SignInService } from './sign-in.service';
import { UsersService } from './users.service';
import { VisitorService } from './visitor.service';

@Module({
  providers: [BrowserSessionsService, FormTokens, LockoutService, SignInService, UsersService, VisitorService],
  exports: [BrowserSessionsService, LockoutService, SignInService, UsersService, VisitorService],
})
export class IdentityModule {}
