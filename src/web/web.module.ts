import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity';
import { OAuthModule } from '../oauth';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysService } from './api-keys.service';
import { HomeController } from './home.controller';
import { MissingPageFilter } from './missing-page.filter';
import { PageContextService } from './page-context.service';
import { SignInController } from './sign-in.controller';

/** Pages for people: start page, sign-in, Settings → API Keys. */
@Module({
  imports: [IdentityModule, OAuthModule],
  controllers: [HomeController, SignInController, ApiKeysController],
  providers: [ApiKeysService, PageContextService, MissingPageFilter],
  exports: [MissingPageFilter],
})
export class WebModule {}
