import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SRC = join(__dirname, '../../src');

export interface Source {
  /** Relative to src. */
  readonly file: string;
  readonly nodes: readonly ts.Node[];
}

/** Every source of the product, tests aside, with all nodes of its syntax tree. */
export function sources(): Source[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .sort()
    .map((file) => {
      const tree = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true);
      return { file, nodes: [...nodesOf(tree)] };
    });
}

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

/** The regular expression literals of the product, each once. */
export function regularExpressions(all: readonly Source[]): { file: string; expression: RegExp }[] {
  const found = new Map<string, { file: string; expression: RegExp }>();
  for (const { file, nodes } of all)
    for (const node of nodes) {
      if (!ts.isRegularExpressionLiteral(node)) continue;
      const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
      found.set(node.text, { file, expression: new RegExp(source, flags) });
    }
  return [...found.values()];
}

/** What a module or an object keeps between two requests: maps, sets and lists that can grow. */
export function keptState({ file, nodes }: Source): string[] {
  return nodes.flatMap((node) => {
    const kept = ts.isPropertyDeclaration(node) || (ts.isVariableDeclaration(node) && isAtTop(node));
    return kept && node.initializer && grows(node.initializer) ? [`${file}: ${node.name.getText()}`] : [];
  });
}

function isAtTop(node: ts.VariableDeclaration): boolean {
  return ts.isSourceFile(node.parent.parent.parent);
}

/** A collection without content of its own; one that is made with its content is a constant. */
function grows(initializer: ts.Expression): boolean {
  if (ts.isNewExpression(initializer))
    return /^(?:Weak)?(?:Map|Set)$/.test(initializer.expression.getText()) && (initializer.arguments?.length ?? 0) === 0;
  if (ts.isArrayLiteralExpression(initializer)) return initializer.elements.length === 0;
  return ts.isObjectLiteralExpression(initializer) && initializer.properties.length === 0;
}
