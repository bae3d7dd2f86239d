export { ScenarioToolsModule } from './scenario-tools.module';
