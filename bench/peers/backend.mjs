// The comparison's shared backend is TypeScript of this repository; the peers are not.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('@swc-node/register');

export const { Backend, setting } = require('../backend.ts');
