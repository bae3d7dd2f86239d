const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    target: 'es2022',
    keepClassNames: true,
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'commonjs' },
  swcrc: false,
};

// Nest 12 is ESM only: transforming every package to CommonJS is what lets Jest load it on Node 20 (docs/adr/0007).
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.spec.ts', '<rootDir>/src/**/*.spec.ts'],
  // Has packages of its own and runs by itself: npm run test:inspector.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/inspector/'],
  modulePathIgnorePatterns: ['<rootDir>/test/inspector/node_modules/'],
  transformIgnorePatterns: [],
  transform: { '^.+\\.(t|m?j)s$': ['@swc/jest', swc] },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // Against what never ends, not for speed: some tests make hundreds of calls, two files at a time, on an embedded database.
  testTimeout: 180_000,
  maxWorkers: 2,
};
