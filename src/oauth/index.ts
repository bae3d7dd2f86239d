export { type GrantSummary, GrantsService } from './grants.service';
export { HousekeepingService } from './housekeeping.service';
export { OAuthModule } from './oauth.module';
export { AREA_WORDS } from './scope-words';
