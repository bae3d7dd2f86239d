import { Module } from '@nestjs/common';
import { declaringClasses, McpModule } from '../../mcp';
import { ScenariosModule } from '../../scenarios';

/** Every tool that changes a scenario. */
@Module({ imports: [McpModule, ScenariosModule], providers: declaringClasses(__dirname) })
export class ScenarioToolsModule {}
