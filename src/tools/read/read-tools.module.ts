import { Module } from '@nestjs/common';
import { ActivityModule } from '../../activity';
import { AiSpendModule } from '../../ai-spend';
import { AnalyticsModule } from '../../analytics';
import { CostsModule } from '../../costs';
import { DirectoryModule } from '../../directory';
import { EffortModule } from '../../effort';
import { declaringClasses, McpModule } from '../../mcp';
import { ProjectsModule } from '../../projects';
import { ScenariosModule } from '../../scenarios';
import { WorkforceModule } from '../../workforce';

const MODULES = [
  ActivityModule,
  AiSpendModule,
  AnalyticsModule,
  CostsModule,
  DirectoryModule,
  EffortModule,
  McpModule,
  ProjectsModule,
  ScenariosModule,
  WorkforceModule,
];

/** Every tool that only reads. */
@Module({ imports: MODULES, providers: declaringClasses(__dirname) })
export class ReadToolsModule {}
