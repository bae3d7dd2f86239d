// Writes docs/security-requirements.md from test/requirements.json and the names of the tests, read from their sources,
// so that nothing has to run. `--check` writes nothing and fails where the page is out of date. Both fail where a
// requirement has neither a test nor a reason to wait, or a test names a requirement that does not exist.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const PAGE = 'docs/security-requirements.md';
const AREAS = JSON.parse(readFileSync(join(root, 'test/requirements.json'), 'utf8'));
const SCRIPTS = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

/** it, describe, and the wrappers that the tests have for what needs a server (itOnServer, onRedis …). */
const TEST = /^(?:it|test|describe|(?:it|on|describe)[A-Z]\w*)$/;
/** The ids that a name begins with. */
const LEADING = /^(?:[A-Z]+-\d+(?:\s+|$))+/;

/** @typedef {{ id: string, title: string, file: string }} Proof */

function specFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => join(folder, file))
    .sort();
}

/** `it`, `it.each(table)`, `describe.skip`: the function's own name, and the table where there is one. */
function calleeOf(expression) {
  if (ts.isIdentifier(expression)) return { name: expression.text };
  if (ts.isPropertyAccessExpression(expression)) return calleeOf(expression.expression);
  if (ts.isCallExpression(expression)) return { ...calleeOf(expression.expression), table: expression.arguments[0] };
  return { name: '' };
}

/** A literal's text; what a template puts in shows as …. */
function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
  return undefined;
}

function* nodesOf(node) {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

/** The rows' own names, where a table brings them: `it.each(attacks)('%s is refused')`. */
function rowTitles(table, source) {
  const named = ts.isIdentifier(table)
    ? [...nodesOf(source)].find((node) => ts.isVariableDeclaration(node) && node.name.getText() === table.text)?.initializer
    : table;
  if (named === undefined) return [];
  return [...nodesOf(named)].flatMap((node) => textOf(node) ?? []).filter((text) => LEADING.test(text));
}

function titlesOf(call, source) {
  const { name, table } = calleeOf(call.expression);
  const title = call.arguments[0] && textOf(call.arguments[0]);
  if (!TEST.test(name) || title === undefined) return [];
  const more = table === undefined ? '' : ' …';
  return title.startsWith('%') && table
    ? rowTitles(table, source)
    : [title.replace(/\s*%[sipdjo]/g, '') + (title.includes('%') ? more : '')];
}

/** @returns {Proof[]} */
function proofsIn(file) {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  return [...nodesOf(source)].filter(ts.isCallExpression).flatMap((call) =>
    titlesOf(call, source).flatMap((title) => {
      const [leading] = LEADING.exec(title) ?? [];
      const ids = leading?.trim().split(/\s+/) ?? [];
      return ids.map((id) => ({ id, title: title.slice(leading.length).trim(), file }));
    }),
  );
}

/** "proven", "partly" (a part waits), "waiting" (all of it does), or what is wrong. */
function stateOf({ waits, partly, program }, proofs) {
  const tested = proofs.length > 0 || program !== undefined;
  if (waits === undefined) return tested ? 'proven' : 'has neither a test nor a reason to wait';
  if (partly) return tested ? 'partly' : 'is said to be partly tested, and no test names it';
  return tested ? 'waits as a whole, but has tests: say "partly", or take "waits" out' : 'waiting';
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');

/** Tests file by file: the link, then what its tests say. */
function proofCell({ waits, program }, proofs) {
  const files = [...new Set(proofs.map(({ file }) => file))];
  const parts = files.map((file) => {
    const titles = [...new Set(proofs.filter((proof) => proof.file === file).map(({ title }) => title))].filter(Boolean);
    return `[${relative('test', file).replace('../', '').replace('.spec.ts', '')}](../${file}): ${cell(titles.join('; '))}`;
  });
  if (program !== undefined) parts.push(`\`npm run ${program}\``);
  if (waits !== undefined) parts.push(`**waits**: ${cell(waits)}`);
  return parts.join('<br>');
}

const proofs = [...specFiles('test'), ...specFiles('src')].flatMap(proofsIn);
const faults = [];
const states = { proven: 0, partly: 0, waiting: 0 };

function row([id, given]) {
  const requirement = typeof given === 'string' ? { text: given } : given;
  const own = proofs.filter((proof) => proof.id === id);
  const state = stateOf(requirement, own);
  if (state in states) states[state] += 1;
  else faults.push(`${id} ${state}.`);
  if (requirement.program !== undefined && !(requirement.program in SCRIPTS))
    faults.push(`${id} names the program "npm run ${requirement.program}", which does not exist.`);
  return `| ${id} | ${state} | ${cell(requirement.text)} | ${proofCell(requirement, own)} |`;
}

const sections = AREAS.map(({ title, requirements }) =>
  [
    `## ${title}`,
    ['| Id | | Requirement | Proof |', '| --- | --- | --- | --- |', ...Object.entries(requirements).map(row)].join('\n'),
  ].join('\n\n'),
);

const known = new Set(AREAS.flatMap(({ requirements }) => Object.keys(requirements)));
const families = new Set([...known].map((id) => id.split('-')[0]));
for (const { id, file } of proofs)
  if (!known.has(id))
    faults.push(
      `${file} names ${id}, which test/requirements.json does not have${families.has(id.split('-')[0]) ? '' : ' (nor its area)'}.`,
    );

const page = [
  '<!-- Written by `npm run docs` from test/requirements.json and the names of the tests. Do not edit. -->',
  '# Security requirements and their tests',
  `${known.size} requirements: **${states.proven} proven** by the tests named here, **${states.partly} partly** (what is missing waits for a part of the product that does not exist yet), **${states.waiting} waiting** as a whole.`,
  'A test names its requirements first: `npm test -- -t "TOK-7"` runs those of one. Each runs on the embedded database and on PostgreSQL with Redis; those that need two database sessions, or Redis, on the latter only.',
  ...sections,
].join('\n\n');

const path = join(root, PAGE);
const check = process.argv.includes('--check');
const changed = !existsSync(path) || readFileSync(path, 'utf8') !== `${page}\n`;
if (changed && !check) writeFileSync(path, `${page}\n`);
if (changed) console.error(`${check ? 'Out of date' : 'Written'}: ${PAGE}.${check ? ' Run `npm run docs`.' : ''}`);
for (const fault of [...new Set(faults)]) console.error(fault);
if (faults.length > 0 || (changed && check)) process.exitCode = 1;
