import tseslint from 'typescript-eslint';

/** TypeORM would read the live schema whatever world a call is in (docs/ARCHITECTURE.md, "One query, two worlds"). */
const NO_SCHEMA = {
  selector: 'CallExpression[callee.name=/^(Entity|ViewEntity|JoinTable)$/] Property[key.name="schema"]',
  message: 'The search path decides which world a table is read from: no schema on entities.',
};
const NO_SOURCE_SCHEMA = {
  selector: 'NewExpression[callee.name="DataSource"] > ObjectExpression > Property[key.name="schema"]',
  message: 'The search path decides which world a table is read from: no schema on a DataSource.',
};
const NO_REPOSITORY = {
  selector: 'Identifier[name="InjectRepository"]',
  message: 'A repository works outside the transaction of the call: use the EntityManager that the service was given.',
};
const NO_ENVIRONMENT = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'Only src/config reads the environment: add a setting there and inject Config.',
};
const NO_SQL = {
  selector: 'CallExpression[callee.property.name=/^(query|createQueryBuilder)$/]',
  message: 'SQL belongs in the services of a domain module.',
};
const NO_RAW_TRANSACTION = {
  selector: 'Literal[value=/^\\s*(begin|commit|rollback|start transaction)\\b/i]',
  message: 'TypeORM must know of a transaction: use Database.app or Database.call.',
};
const EVERYWHERE = [NO_SCHEMA, NO_SOURCE_SCHEMA, NO_REPOSITORY, NO_RAW_TRANSACTION];

const restrict = (...rules) => ({ 'no-restricted-syntax': ['error', ...rules] });

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'coverage/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', 60],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-control-regex': 'error',
      'no-else-return': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Interfaces of Nest and TypeORM ask for promises; a method that fails must reject, not throw.
      '@typescript-eslint/require-await': 'off',
      // reflect-metadata knows a class as nothing more than a Function.
      '@typescript-eslint/no-unsafe-function-type': 'off',
      // Injected classes are types and values at once: an import that only looks like a type carries the metadata.
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      ...restrict(...EVERYWHERE, NO_ENVIRONMENT),
    },
  },
  { files: ['src/config/**'], rules: restrict(...EVERYWHERE) },
  // The one place that opens DataSources; the migrations' own names its bookkeeping schema.
  { files: ['src/database/**'], rules: restrict(NO_SCHEMA, NO_REPOSITORY, NO_ENVIRONMENT) },
  { files: ['src/mcp/**', 'src/tools/**', 'src/web/**'], rules: restrict(...EVERYWHERE, NO_ENVIRONMENT, NO_SQL) },
  {
    files: ['test/**', 'bench/**', 'chaos/**', '**/*.spec.ts', 'ormconfig.ts'],
    // A test reads as one story, and looks at answers whose type is the thing under test.
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      ...restrict(...EVERYWHERE.slice(0, 3)),
    },
  },
  // Printing is what these are for.
  { files: ['src/main.ts', 'src/cli/main.ts', 'scripts/**'], rules: { 'no-console': 'off' } },
);
