export { DEMO_PASSWORD, DemoSeed } from './demo/demo-seed.service';
export { DemoModule } from './demo/demo.module';
export type { CallerFile, CallerFiles } from './file/caller-files';
export { IMPORTED } from './imported';
export { ImportError } from './import-error';
export { type ImportOutcome, ImportService } from './import.service';
export { ImportsModule } from './imports.module';
