import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/adding-a-tool.md'), 'utf8');

/** The files that the page has its reader write, by path. */
const files = new Map([...page.matchAll(/^## .*`(\S+)`\n[^]*?```ts\n([^]*?)```/gm)].map(([, path, text]) => [join(ROOT, path!), text!]));

it('docs/adding-a-tool.md has its reader write files that compile', () => {
  expect(files.size).toBe(2);
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const onDisk = { getSourceFile: host.getSourceFile, fileExists: host.fileExists };
  host.getSourceFile = (path, version, ...rest) => {
    const text = files.get(path);
    return text === undefined ? onDisk.getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
  };
  host.fileExists = (path) => files.has(path) || onDisk.fileExists(path);
  const program = ts.createProgram([...files.keys()], options, host);
  const wrong = [...files.keys()].flatMap((path) => program.getSemanticDiagnostics(program.getSourceFile(path)));
  expect(wrong.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
}, 60_000);
