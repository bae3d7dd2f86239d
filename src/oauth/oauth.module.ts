import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity';
import { PagesModule } from '../pages';
import { TenantsModule } from '../tenants';
import { AuthorizeController } from './authorize.controller';
import { AuthorizeService } from './authorize.service';
import { ClientsService } from './clients.service';
import { CodeExchangeService } from './code-exchange.service';
import { ConnectableOrganizationsService } from './connectable-organizations.service';
import { ConsentService } from './consent.service';
import { DiscoveryController } from './discovery.controller';
import { GrantsService } from './grants.service';
import { HousekeepingService } from './housekeeping.service';
import { JwksController } from './jwks.controller';
import { PendingRequestsService } from './pending-requests.service';
import { RefreshService } from './refresh.service';
import { RegistrationController } from './registration.controller';
import { RegistrationService } from './registration.service';
import { RevocationController } from './revocation.controller';
import { RevocationService } from './revocation.service';
import { TokenController } from './token.controller';
import { TokenService } from './token.service';

/** The authorization server: OAuth 2.1 with discovery, open registration, PKCE and rotating refresh tokens. */
@Module({
  imports: [IdentityModule, PagesModule, TenantsModule],
  controllers: [DiscoveryController, JwksController, RegistrationController, AuthorizeController, TokenController, RevocationController],
  providers: [
    AuthorizeService,
    ClientsService,
    CodeExchangeService,
    ConnectableOrganizationsService,
    ConsentService,
    GrantsService,
    HousekeepingService,
    PendingRequestsService,
    RefreshService,
    RegistrationService,
    RevocationService,
    TokenService,
  ],
  exports: [GrantsService, HousekeepingService],
})
export class OAuthModule {}
