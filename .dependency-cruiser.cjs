/** The arrows of docs/ARCHITECTURE.md. Each module is a folder of src; a rule says what it must not know. */
const folders = (...names) => `^src/(${names.join('|')})/`;

const DOMAIN = ['workforce', 'projects', 'effort', 'ai-spend', 'costs', 'analytics', 'scenarios', 'live-edits', 'directory', 'activity'];
const OUTER = ['mcp', 'tools', 'oauth', 'web', 'cli', 'scim'];

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** What the lower modules may import; whatever is not listed, they may not. */
const LAYERS = {
  config: [],
  database: ['config'],
  audit: ['config', 'database', 'tenants'],
  permissions: [],
  identity: ['config', 'database', 'audit', 'tenants', 'permissions'],
  tenants: ['config', 'database', 'audit', 'permissions', 'identity'],
  'rate-limit': ['config'],
  pages: ['config'],
  access: ['config', 'database', 'audit', 'tenants', 'identity', 'permissions', 'rate-limit'],
  oauth: ['config', 'database', 'audit', 'tenants', 'identity', 'permissions', 'access', 'rate-limit', 'pages'],
  mcp: ['config', 'database', 'audit', 'permissions', 'access', 'rate-limit'],
};

const layer = ([module, allowed]) =>
  forbid(
    `${module}-arrows`,
    `${module} may import only ${allowed.join(', ') || 'nothing of src'}.`,
    { path: folders(module) },
    { path: '^src/', pathNot: folders(module, ...allowed) },
  );

module.exports = {
  forbidden: [
    forbid('no-cycles', 'Modules and files import one way.', {}, { circular: true }),
    forbid(
      'by-the-index',
      'A module is imported only through its index.ts. Tool areas are the modules of src/tools.',
      { path: '^src/([^/]+)/' },
      { path: '^src/[^/]+/.+', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/tools/[^/]+/index\\.ts$'] },
    ),
    forbid(
      'root-by-the-index',
      'The composition root, too, knows modules by their index.ts.',
      { path: '^src/[^/]+\\.ts$' },
      { path: '^src/[^/]+/.+', pathNot: ['^src/[^/]+/index\\.ts$', '^src/tools/[^/]+/index\\.ts$'] },
    ),
    forbid(
      'domain-is-inner',
      'The domain knows neither protocol, tools, OAuth nor pages.',
      { path: folders(...DOMAIN) },
      { path: folders(...OUTER) },
    ),
    forbid(
      'mcp-knows-no-domain',
      'The protocol module knows no domain.',
      { path: folders('mcp') },
      { path: folders(...DOMAIN, 'tools', 'web', 'cli', 'oauth') },
    ),
    forbid(
      'tool-areas-apart',
      'Tool areas do not know each other; what they share is in tools/fields.',
      { path: '^src/tools/(read|scenario)/([a-z-]+)\\.(tools|scenario-tools|input|output)\\.ts$' },
      { path: '^src/tools/(read|scenario)/[^/]+\\.(tools|scenario-tools|input|output)\\.ts$', pathNot: '^src/tools/$1/$2\\.' },
    ),
    forbid(
      'no-sql-outside',
      'TypeORM and drivers stay in the database and domain modules.',
      { path: folders('mcp', 'tools', 'web') },
      { path: 'node_modules/(typeorm|pg|@electric-sql)/' },
    ),
    forbid(
      'root-is-root',
      'The composition root is imported by main and the command line only.',
      { path: '^src/', pathNot: ['^src/(main|app)\\.ts$', '^src/cli/'] },
      { path: '^src/app\\.module\\.ts$' },
    ),
    forbid(
      'environment',
      'Only main and the command line read the environment, through src/config.',
      { path: '^src/', pathNot: ['^src/config/', '^src/(main|app)\\.ts$', '^src/cli/'] },
      { path: '^src/config/environment\\.ts$' },
    ),
    forbid('no-test-code', 'The product does not import its tests.', { path: '^src/' }, { path: '^test/' }),
    forbid('no-unresolved', 'What is imported exists.', { path: '^src/' }, { couldNotResolve: true }),
    ...Object.entries(LAYERS).map(layer),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
