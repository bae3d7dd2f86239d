export { Config } from './config';
export { ConfigModule } from './config.module';
export { deriveKey } from './derive';
export { environment } from './environment';
export { VERSION } from './version';
