import { Module } from '@nestjs/common';
import { AnalyticsModule } from '../analytics';
import { DirectoryModule } from '../directory';
import { IdentityModule } from '../identity';
import { LiveEditsModule } from '../live-edits';
import { OAuthModule } from '../oauth';
import { ScenariosModule } from '../scenarios';
import { ScimConnectionsModule } from '../scim';
import { TenantsModule } from '../tenants';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysService } from './api-keys.service';
import { DirectoriesController } from './directories/directories.controller';
import { HomeController } from './home.controller';
import { MissingPageFilter } from './missing-page.filter';
import { PageContextService } from './page-context.service';
import { PageCallers } from './page-caller.service';
import { PoliciesController } from './policies/policies.controller';
import { RecentSignIn } from './recent-sign-in.service';
import { RecordsController } from './records/records.controller';
import { ImpactService } from './scenarios/impact.service';
import { ScenarioPages } from './scenarios/scenario-pages.service';
import { ScenariosController } from './scenarios/scenarios.controller';
import { SignInController } from './sign-in.controller';

/** Pages for people: start page, sign-in, Settings → API Keys, Directories and Policies, records and how they are edited, scenarios and their review. */
@Module({
  imports: [
    IdentityModule,
    OAuthModule,
    TenantsModule,
    ScenariosModule,
    AnalyticsModule,
    DirectoryModule,
    LiveEditsModule,
    ScimConnectionsModule,
  ],
  controllers: [
    HomeController,
    SignInController,
    ApiKeysController,
    DirectoriesController,
    PoliciesController,
    RecordsController,
    ScenariosController,
  ],
  providers: [ApiKeysService, PageContextService, RecentSignIn, MissingPageFilter, PageCallers, ImpactService, ScenarioPages],
  exports: [MissingPageFilter],
})
export class WebModule {}
