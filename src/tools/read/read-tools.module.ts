import { Module, Type } from '@nestjs/common';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ActivityModule } from '../../activity';
import { AiSpendModule } from '../../ai-spend';
import { AnalyticsModule } from '../../analytics';
import { CostsModule } from '../../costs';
import { DirectoryModule } from '../../directory';
import { EffortModule } from '../../effort';
import { McpModule } from '../../mcp';
import { ProjectsModule } from '../../projects';
import { ScenariosModule } from '../../scenarios';
import { WorkforceModule } from '../../workforce';

const DECLARING = /\.(?:tools|resources|prompts)\.[jt]s$/;

/** Every class of this folder's tool, resource and prompt files: a new tool is a new file, and nothing has to list it. */
function declaringClasses(): Type[] {
  const files = readdirSync(__dirname).filter((file) => DECLARING.test(file));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known at start only
  const modules = files.map((file) => require(join(__dirname, file)) as Record<string, unknown>);
  return modules.flatMap((exported) => Object.values(exported)).filter((value): value is Type => typeof value === 'function');
}

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
@Module({ imports: MODULES, providers: declaringClasses() })
export class ReadToolsModule {}
