export { ReadToolsModule } from './read-tools.module';
