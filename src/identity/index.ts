export { type BrowserSession, BrowserSessionsService } from './browser-sessions.service';
export { IdentityModule } from './identity.module';
export { LOCKOUT_MINUTES, LockoutService } from './lockout.service';
export { type Origin, SignInService } from './sign-in.service';
export { type User, UsersService } from './users.service';
export { type Visitor, VisitorService } from './visitor.service';
