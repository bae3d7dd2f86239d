export { Config } from './config';
export { ConfigModule } from './config.module';
export { deriveKey } from './derive';
export { callersFolder, environment } from './environment';
export { VERSION } from './version';
