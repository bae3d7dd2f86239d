// Writes the parts of the documentation that follow from the code. Run by `npm run docs` after a build;
// `npm run docs:check` changes nothing and fails when something is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const built = (name) => require(join(root, 'dist', name));

require('reflect-metadata');
const { SETTINGS } = built('config/settings.js');
const { commandTable } = built('cli');
const { PERMISSIONS, SYSTEM_ROLES, NARROWING_SCOPES, CONNECTION_SCOPES, permissionsOfRole } = built('permissions');

const GENERATED = '<!-- Written by `npm run docs`. Do not edit. -->';

/** A table; cells are Markdown. */
function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const code = (text) => (text === '' ? '' : `\`${text}\``);
const codes = (list) => list.map(code).join(', ');

function settingsTable() {
  const shown = (value) => (Array.isArray(value) ? value.join(',') : String(value ?? ''));
  return table(
    ['Variable', 'Default', 'What it is'],
    Object.values(SETTINGS).map(({ env, fallback, about }) => [code(env), code(shown(fallback)), about]),
  );
}

/** The catalogue as clients get it. It holds no rows, so a database that answers nothing stands in for a real one. */
async function catalogue() {
  const { NestFactory } = await import('@nestjs/core');
  const { AppModule } = built('app.module.js');
  const { Config } = built('config');
  const { Catalogue } = built('mcp');
  const config = Config.from({ APP_SECRET: 'only for reading the declarations', DEMO_DATA: 'off' });
  const noDatabase = { app: async (_, work) => work({ query: async () => [] }), listen: () => () => undefined };
  const app = await NestFactory.createApplicationContext(
    AppModule.with(config, async () => noDatabase),
    { logger: false, abortOnError: false },
  );
  try {
    return app.get(Catalogue);
  } finally {
    await app.close();
  }
}

/** `date`, `one of a, b`, `list of …`: the type of a field in words. */
function typeOf(schema) {
  if (schema.enum) return `one of ${codes(schema.enum)}`;
  if (schema.type === 'array') return `list of ${schema.items.type === 'object' ? 'objects' : typeOf(schema.items)}`;
  if (schema.type === 'object') return 'object';
  const bounds = [schema.minimum !== undefined && `from ${schema.minimum}`, schema.maximum !== undefined && `to ${schema.maximum}`];
  const shape = schema.pattern !== undefined && `like ${code(schema.pattern)}`;
  const length = schema.maxLength !== undefined && `of at most ${schema.maxLength} characters`;
  const byDefault = schema.default !== undefined && `default ${code(schema.default)}`;
  return [schema.format ?? schema.type, shape, length, ...bounds, byDefault].filter(Boolean).join(' ');
}

/** One row per field, nested ones below their parent as `person.id` and `items[].id`. */
function fieldRows(schema, prefix = '') {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const inner = field.type === 'array' ? field.items : field;
    const below = inner.type === 'object' ? fieldRows(inner, `${path}${field.type === 'array' ? '[]' : ''}.`) : [];
    return [[code(path), typeOf(field), required.has(name) ? 'yes' : 'no', field.description ?? ''], ...below];
  });
}

function fields(title, schema, requiredWord) {
  const rows = fieldRows(schema);
  if (rows.length === 0) return `${title}: none.`;
  return `${title}:\n\n${table(['Field', 'Type', requiredWord, 'Meaning'], rows)}`;
}

function toolSection(tool, { permissions, output, aliases = [] }) {
  const hints = Object.entries(tool.annotations).filter(([, value]) => value === true);
  const facts = [
    `Needs ${codes(permissions)}.`,
    hints.length > 0 ? `Hints: ${codes(hints.map(([name]) => name))}.` : 'Hints: none.',
    ...(aliases.length > 0 ? [`Also answers to ${codes(aliases)}.`] : []),
  ];
  return [
    `## ${tool.name}`,
    `**${tool.title}.** ${tool.description}`,
    facts.join(' '),
    fields('Input', tool.inputSchema, 'Required'),
    fields('Output', built('mcp').schemaOf(output), 'Always'),
  ].join('\n\n');
}

async function toolsPage() {
  const found = await catalogue();
  const { tools, resources, prompts } = found;
  const lists = found.lists();
  const needs = (map, name) => codes(map.get(name).declaration.permissions);
  const sections = lists.tools.map((tool) => toolSection(tool, tools.get(tool.name).declaration));
  const resourceRows = [...lists.resources, ...lists.resourceTemplates].map((one) => [
    code(one.uri ?? one.uriTemplate),
    one.title,
    needs(resources, one.name),
    one.description,
  ]);
  const promptRows = lists.prompts.map((one) => [code(one.name), one.title, needs(prompts, one.name), one.description]);
  const part = (title, head, rows) => (rows.length === 0 ? [] : [`## ${title}`, table(head, rows)]);
  return [
    GENERATED,
    '# Tools, resources and prompts',
    'The list is the same for every user; what a user may not see is refused, or left out and named in `redacted`, at call time.',
    table(
      ['Tool', 'What it is', 'Toolset', 'Needs'],
      lists.tools.map(({ name, title }) => [
        `[${name}](#${name})`,
        title,
        codes([tools.get(name).declaration.toolset].flat()),
        needs(tools, name),
      ]),
    ),
    ...sections,
    ...part('Resources', ['URI', 'Title', 'Needs', 'What it is'], resourceRows),
    ...part('Prompts', ['Name', 'Title', 'Needs', 'What it is'], promptRows),
  ].join('\n\n');
}

function metricsPage() {
  const { METRIC_GROUPS, PRESETS } = built('analytics');
  const { DIMENSIONS } = built('analytics/dimensions');
  const { dimensionsOf } = built('analytics/vocabulary');
  const needs = (permissions) => codes(permissions) || '';
  const groups = Object.entries(METRIC_GROUPS).flatMap(([name, metrics]) => [
    `## ${name[0].toUpperCase()}${name.slice(1)}`,
    table(
      ['Metric', 'Unit', 'What it is', 'Adds up', 'Needs', 'Can be split by'],
      metrics.map((metric) => [
        code(metric.name),
        metric.unit,
        metric.definition,
        metric.additive ? 'yes' : '',
        needs(metric.permissions),
        dimensionsOf(metric).join(', '),
      ]),
    ),
  ]);
  const metrics = Object.values(METRIC_GROUPS).flat();
  const usual = PRESETS.map((preset) => [preset, metrics.filter((one) => one.usual === preset).map(({ name }) => name)])
    .filter(([, names]) => names.length > 0)
    .map(([preset, names]) => `${code(preset)} for ${codes(names)}`)
    .join('; ');
  return [
    GENERATED,
    '# Metrics',
    'What `query_analytics` can measure. Besides `analytics.read` a metric needs the permissions in its row, and each dimension that figures are split or filtered by its own. All metrics can be split by period.',
    'Figures of a day are those of the last day of each part of the period. Where a metric adds up, its groups sum to the total; over the parts of a period only flows do (people who came or left, costs, budgets, tokens, spend).',
    `Presets of the period: ${codes(PRESETS)}. Quarters and years are fiscal ones; \`last_3_months\` and its like are whole months before this one, \`next_3_months\` and its like whole months after it.`,
    `Without period and preset a question is of the period that is usual for its metrics: ${usual}. Of several metrics it is the widest of theirs, in whatever order they are asked for; \`meta.period\` tells it.`,
    ...groups,
    '## Dimensions',
    table(
      ['Dimension', 'What it is', 'Values', 'Needs'],
      Object.entries(DIMENSIONS).map(([name, one]) => [
        code(name),
        one.definition,
        one.ids ? `ids (${code(`${one.ids.kind}_…`)})` : codes(one.values ?? []),
        needs(one.permissions),
      ]),
    ),
  ].join('\n\n');
}

function permissionsPage() {
  const { ALWAYS_KEPT } = built('permissions/scopes.js');
  const { AREA_WORDS } = built('oauth/scope-words.js');
  const held = Object.fromEntries(SYSTEM_ROLES.map((role) => [role, new Set(permissionsOfRole(role))]));
  return [
    GENERATED,
    '# Roles, permissions and scopes',
    'What a connection may do is what the role and the direct grants of its user give, less what its scopes leave out. Scopes only take away.',
    '## Roles',
    'An organization can have roles of its own besides these (`role create` of the [operator commands](../README.md#operator-commands)).',
    table(
      ['Permission', ...SYSTEM_ROLES],
      PERMISSIONS.map((permission) => [code(permission), ...SYSTEM_ROLES.map((role) => (held[role].has(permission) ? 'yes' : ''))]),
    ),
    '## Scopes',
    `A connection needs one of ${codes(CONNECTION_SCOPES)} to use MCP at all. Alone they leave everything that the user may do.`,
    `With one or more of the following scopes a connection keeps their union, and ${codes(ALWAYS_KEPT)}:`,
    table(
      ['Scope', 'On the consent page', 'Keeps'],
      Object.entries(NARROWING_SCOPES).map(([scope, kept]) => [code(scope), AREA_WORDS[scope], codes(kept)]),
    ),
  ].join('\n\n');
}

/** What a file can say of each thing that can be imported. */
function importedEntities() {
  const { IMPORTED } = built('imports');
  const { NAMED } = built('imports/references/named-kinds.js');
  const words = ({ kind, choices, names, max }) => {
    if (choices) return `one of ${codes(Object.keys(choices))}`;
    if (names) return names.map((name) => NAMED[name].noun).join(', ');
    return kind === 'text' && max ? `text of at most ${max} characters` : kind;
  };
  const section = ({ name, fields, settings, example, exports = [] }) => [
    `### ${name}`,
    `\`\`\`text\n${example}\n\`\`\``,
    table(
      ['Field', 'What it is', 'Needed', 'Meaning'],
      fields.map((field) => [field.name, words(field), field.required ? 'yes' : '', field.about]),
    ),
    ...(settings.length > 0
      ? [
          'Settings, where the columns of the file leave it open:',
          table(
            ['Setting', 'Meaning'],
            settings.map((one) => [one.name, one.about]),
          ),
        ]
      : []),
    ...(exports.length > 0
      ? [
          'Exports that are recognised by their headers:',
          table(
            ['Export', 'What it is'],
            exports.map((one) => [one.name, one.about]),
          ),
        ]
      : []),
  ];
  return IMPORTED.flatMap(section).join('\n\n');
}

/** A file with the text between its `generated` markers replaced. */
function withPart(file, name, text) {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`];
  const now = readFileSync(join(root, file), 'utf8');
  const [from, to] = [now.indexOf(begin), now.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} lacks the markers ${begin} and ${end}.`);
  return `${now.slice(0, from + begin.length)}\n\n${text}\n\n${now.slice(to)}`;
}

function write(file, text, check) {
  const path = join(root, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return [];
  if (!check) writeFileSync(path, text);
  return [file];
}

const check = process.argv.includes('--check');
const pages = {
  'docs/tools.md': await toolsPage(),
  'docs/metrics.md': metricsPage(),
  'docs/permissions.md': permissionsPage(),
  'docs/settings.md': [GENERATED, '# Settings', 'Every environment variable that Flowstate reads.', settingsTable()].join('\n\n'),
};
const changed = [
  ...Object.entries(pages).flatMap(([file, text]) => write(file, `${text}\n`, check)),
  ...write('README.md', withPart('README.md', 'settings', settingsTable()), check),
  ...write('README.md', withPart('README.md', 'commands', commandTable()), check),
  ...write('docs/importing.md', withPart('docs/importing.md', 'entities', importedEntities()), check),
];
if (changed.length > 0) {
  console.error(`${check ? 'Out of date' : 'Written'}: ${[...new Set(changed)].join(', ')}.${check ? ' Run `npm run docs`.' : ''}`);
  if (check) process.exitCode = 1;
}
