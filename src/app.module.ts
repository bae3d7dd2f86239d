import { DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access';
import { AuditModule } from './audit';
import { Config, ConfigModule } from './config';
import { Database, DatabaseModule } from './database';
import { OperatorModule } from './cli';
import { DemoModule } from './imports';
import { IdentityModule } from './identity';
import { McpModule } from './mcp';
import { OAuthModule } from './oauth';
import { OperationsModule } from './operations';
import { PagesModule } from './pages';
import { RateLimitModule } from './rate-limit';
import { ScimModule } from './scim';
import { TenantsModule } from './tenants';
import { ReadToolsModule } from './tools/read';
import { ScenarioToolsModule } from './tools/scenario';
import { WebModule } from './web';

const PLATFORM = [AuditModule, RateLimitModule, AccessModule, PagesModule, TenantsModule, IdentityModule];
const TOOLS = [McpModule, ReadToolsModule, ScenarioToolsModule];
const SURFACE = [OAuthModule, ...TOOLS, WebModule, DemoModule, OperatorModule, OperationsModule, ScimModule];

/** The composition root: which modules make up the product. */
@Module({})
export class AppModule {
  static with(config: Config, open?: (config: Config) => Promise<Database>): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.with(config), DatabaseModule.with(open), ...PLATFORM, ...SURFACE] };
  }
}
